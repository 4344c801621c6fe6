from django.urls import path

from . import views

app_name = "debts"
urlpatterns = [path("<int:pk>/", views.debt, name="debt")]
