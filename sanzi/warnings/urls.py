from django.urls import path

from .views import digest, events, rules

app_name = "warnings"
urlpatterns = [
    path("", events.events, name="events"),
    path("mine/", events.mine, name="mine"),
    path("digest/", digest.digest, name="digest"),
    path("digest/issue/", digest.issue, name="issue-digest"),
    path("dispatch/", events.dispatch, name="dispatch"),
    path("snooze/", events.snooze, name="snooze"),
    path("look/", events.look, name="look"),
    path("<int:pk>/", events.event, name="event"),
    path("<int:pk>/steps/", events.step, name="step"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:code>/", rules.rule, name="rule"),
    path("rules/<str:code>/new/", rules.propose, name="propose"),
    path("settings/<int:pk>/", rules.setting, name="setting"),
    path("settings/<int:pk>/live/", rules.live, name="live"),
    path("settings/<int:pk>/withdraw/", rules.withdraw, name="withdraw"),
]
