from django.urls import path

from .views import arrangements, blockers, live, opinions, sheets, studies

app_name = "dispatch"
urlpatterns = [
    path("", live.live, name="live"),
    path("sheets/", sheets.sheets, name="sheets"),
    path("sheets/generate/", sheets.generate, name="generate"),
    path("sheets/<int:pk>/", sheets.sheet, name="sheet"),
    path("sheets/<int:pk>/explain/", sheets.explain, name="explain"),
    path("sheets/<int:pk>/correct/", sheets.correct, name="correct"),
    path("sheets/<int:pk>/counted/<slug:metric>/", sheets.counted, name="things"),
    path("arrangement/", arrangements.arrangement, name="arrangement"),
    path("layouts/kept/<int:pk>/", arrangements.kept, name="kept-layout"),
    path("layouts/<slug:kind>/", arrangements.layout, name="layout"),
    path("layouts/<slug:kind>/blank/", arrangements.blank, name="blank-layout"),
    path("layouts/<slug:kind>/retire/", arrangements.retire, name="retire-layout"),
    path("blockers/", blockers.blockers, name="blockers"),
    path("blockers/new/", blockers.new_blocker, name="new-blocker"),
    path("blockers/raise/", blockers.raise_one, name="raise"),
    path("blockers/<int:pk>/", blockers.blocker, name="blocker"),
    path("blockers/<int:pk>/steps/", blockers.step, name="blocker-step"),
    path("studies/", studies.studies, name="studies"),
    path("studies/new/", studies.new_study, name="new-study"),
    path("studies/begin/", studies.begin, name="begin"),
    path("studies/<int:pk>/", studies.study, name="study"),
    path("studies/<int:pk>/write/", studies.write_up, name="write-up"),
    path("studies/<int:pk>/steps/", studies.step, name="study-step"),
    path("studies/<int:pk>/adopt/", opinions.adopt, name="adopt"),
    path("opinions/", opinions.opinions, name="opinions"),
    path("opinions/<int:pk>/", opinions.opinion, name="opinion"),
    path("opinions/cite/", opinions.cite, name="cite"),
]
