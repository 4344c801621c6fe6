from django.urls import path

from .views import comparing, contests, entries, judging, rounds

app_name = "contests"
urlpatterns = [
    path("", contests.contests, name="contests"),
    path("new/", contests.new, name="new"),
    path("found/", contests.found, name="found"),
    path("<int:pk>/", contests.contest, name="contest"),
    path("<int:pk>/awards/", comparing.awards, name="awards"),
    path("rounds/<int:pk>/", rounds.round_page, name="round"),
    path("rounds/<int:pk>/card/", rounds.card, name="card"),
    path("rounds/<int:pk>/set-card/", rounds.set_card, name="set-card"),
    path("rounds/<int:pk>/arrange/", rounds.arrange, name="arrange"),
    path("rounds/<int:pk>/enrol/", rounds.enrol, name="enrol"),
    path("rounds/<int:pk>/judges/", rounds.name_judge, name="name-judge"),
    path("rounds/<int:pk>/judges/<int:judge>/excuse/", rounds.excuse, name="excuse"),
    path("rounds/<int:pk>/steps/", rounds.step, name="step"),
    path("rounds/<int:pk>/results/", rounds.results, name="results"),
    path("rounds/<int:pk>/comparison/", comparing.comparison, name="comparison"),
    path("rounds/<int:pk>/panel/", rounds.panel_page, name="panel"),
    path("rounds/<int:pk>/judging/", judging.judging, name="judging"),
    path("rounds/<int:pk>/judging/<int:entry>/", judging.sheet, name="sheet"),
    path("rounds/<int:pk>/judging/<int:entry>/mark/", judging.mark, name="mark"),
    path("entries/<int:pk>/", entries.entry, name="entry"),
    path("entries/<int:pk>/write/", entries.write, name="write"),
    path("entries/<int:pk>/hand-in/", entries.hand_in, name="hand-in"),
    path("entries/<int:pk>/take-down/", entries.take_down, name="take-down"),
    path("entries/<int:pk>/fill/", entries.fill, name="fill"),
    path("entries/<int:pk>/send-back/", entries.send_back, name="send-back"),
    path("entries/<int:pk>/withdraw/", entries.withdraw, name="withdraw"),
    path("entries/<int:pk>/grant/", entries.grant, name="grant"),
    path("awards/<int:pk>/uses/", entries.tell_use, name="use"),
    path("results/<int:pk>/", entries.result, name="result"),
]
