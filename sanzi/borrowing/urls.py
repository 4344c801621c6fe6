from django.urls import path

from . import views

app_name = "borrowing"
urlpatterns = [
    path("", views.loans, name="loans"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.loan, name="loan"),
    path("<int:pk>/decisions/", views.decide, name="decide"),
    path("<int:pk>/withdrawals/", views.withdraw, name="withdraw"),
]
