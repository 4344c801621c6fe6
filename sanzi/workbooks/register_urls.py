from django.urls import path

from . import register_views

app_name = "registers"
urlpatterns = [
    path("<slug:slug>/", register_views.register, name="register"),
    path("<slug:slug>/<int:pk>/", register_views.row, name="row"),
    path("<slug:slug>/<int:pk>/reveal/", register_views.reveal, name="reveal"),
]
