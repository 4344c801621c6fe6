from django.urls import path

from .views import parts, private, proposals, public, relief, rules

app_name = "netting"
urlpatterns = [
    path("", proposals.proposals, name="proposals"),
    path("new/", proposals.new, name="new"),
    path("asked/", parts.asked, name="asked"),
    path("asked/<int:pk>/", parts.part, name="part"),
    path("asked/<int:pk>/answer/", parts.answer_here, name="answer-here"),
    path("rules/", rules.rules, name="rules"),
    path("rules/new/", rules.enter_rule, name="rule-new"),
    path("debts/", private.debts, name="debts"),
    path("debts/new/", private.new, name="debt-new"),
    path("debts/<int:pk>/", private.debt, name="debt"),
    path("debts/<int:pk>/enter/", private.enter, name="debt-enter"),
    path("debts/<int:pk>/cancel/", private.cancel, name="debt-cancel"),
    path("debts/<int:pk>/reveal/", private.reveal, name="debt-reveal"),
    path("debt/<str:token>/", public.confirm, name="debt-answer"),
    path("<int:pk>/", proposals.proposal, name="proposal"),
    path("<int:pk>/step/", proposals.step, name="step"),
    path("<int:pk>/relief/", relief.relief, name="relief"),
    path("consents/<int:pk>/", proposals.enter, name="enter"),
    path("answer/<str:token>/", public.answer, name="answer"),
]
