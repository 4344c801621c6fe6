from django.urls import path

from . import views

app_name = "inspections"
urlpatterns = [
    path("", views.terms, name="terms"),
    path("findings/", views.findings, name="findings"),
    path("new/", views.new_term, name="new-term"),
    path("<int:pk>/", views.term, name="term"),
    path("<int:pk>/rounds/new/", views.new_round, name="new-round"),
    path("rounds/<int:pk>/", views.round_page, name="round"),
    path("rounds/<int:pk>/places/", views.come_to, name="come-to"),
    path("rounds/<int:pk>/find/", views.find, name="find"),
    path("rounds/<int:pk>/report/", views.report, name="report"),
    path("findings/<int:pk>/", views.finding, name="finding"),
    path("findings/<int:pk>/hand-out/", views.hand_out, name="hand-out"),
    path("findings/<int:pk>/clue/", views.read_clue, name="read-clue"),
]
