from django.urls import path

from . import views

app_name = "policies"
urlpatterns = [
    path("", views.policies, name="policies"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.policy, name="policy"),
    path("<int:pk>/end/", views.end, name="end"),
]
