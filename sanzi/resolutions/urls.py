from django.urls import path

from .views import resolving, steps

app_name = "resolutions"
urlpatterns = [
    path("", resolving.resolutions, name="resolutions"),
    path("new/", resolving.new, name="new"),
    path("<int:pk>/", resolving.resolution, name="resolution"),
    path("<int:pk>/meetings/<slug:step>/", steps.meeting, name="meeting"),
    path("<int:pk>/postings/<slug:step>/", steps.post_up, name="posting"),
    path("<int:pk>/checks/", resolving.verify, name="verify"),
    path("<int:pk>/returns/", resolving.send_back, name="send-back"),
    path("<int:pk>/withdrawals/", resolving.withdraw, name="withdraw"),
    path("<int:pk>/papers/<slug:kind>/", resolving.write_blank, name="blank-paper"),
    path("meetings/<int:pk>/minutes/", resolving.write_minutes, name="minutes"),
    path("postings/<int:pk>/notice/", resolving.write_notice, name="notice"),
    path("<int:pk>/objections/", resolving.objections, name="objections"),
    path("objections/<int:pk>/answers/", resolving.answers, name="answers"),
    path("meetings/<int:pk>/papers/", resolving.meeting_papers, name="meeting-papers"),
    path("postings/<int:pk>/photos/", resolving.photos, name="photos"),
]
