from django.urls import path

from .views import ageing, debts, looks, plans, steps

app_name = "debts"
urlpatterns = [
    path("<int:pk>/", debts.debt, name="debt"),
    path("<int:pk>/ways/", debts.ways, name="ways"),
    path("<int:pk>/ways/<str:code>/", steps.propose, name="propose"),
    path("<int:pk>/interest/", looks.interest, name="interest"),
    path("steps/<int:pk>/", steps.step, name="step"),
    path("ageing/", ageing.ageing, name="ageing"),
    path("ageing/rows/", ageing.aged, name="aged"),
    path("plan/", plans.plan, name="plan"),
    path("plan/new/", plans.new_plan, name="new-plan"),
    path("plan/<int:pk>/adopt/", plans.adopt_plan, name="adopt-plan"),
    path("agreeing/", looks.agreeing, name="agreeing"),
    path("agreeing/<int:pk>/", looks.agreement, name="agreement"),
    path("caps/", looks.caps, name="caps"),
    path("caps/new/", looks.new_cap, name="new-cap"),
]
