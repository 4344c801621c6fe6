from django.urls import path

from . import views

app_name = "receivables"
urlpatterns = [path("<int:pk>/", views.claim, name="claim")]
