from django.urls import path

from . import views

app_name = "cleanup"
urlpatterns = [
    path("findings/", views.findings, name="findings"),
    path("<int:pk>/", views.contract, name="contract"),
    path("<int:pk>/judgements/", views.judge, name="judge"),
]
