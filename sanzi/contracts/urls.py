from django.urls import path

from .views import cases, life, money, papers

app_name = "contracts"
urlpatterns = [
    path("dues/", money.dues, name="dues"),
    path("payments/", money.payments_list, name="payments"),
    path("payments/post/", money.post_payments, name="post-payments"),
    path("payments/<int:pk>/refuse/", money.refuse_payment, name="refuse-payment"),
    path("desk/", money.desk, name="desk"),
    path("desk/<int:book>/accruals/", money.propose_accruals, name="propose-accruals"),
    path("desk/accruals/post/", money.post_accruals, name="post-accruals"),
    path("reminders/", life.reminders, name="reminders"),
    path("expiries/", life.expiries, name="expiries"),
    path("amendments/", life.amendments, name="amendments"),
    path("model-cases/", cases.cases, name="cases"),
    path("model-cases/<int:pk>/", cases.case, name="case"),
    path("model-cases/<int:pk>/release/", cases.release, name="release-case"),
    path("remind/", papers.remind, name="remind"),
    path("<int:pk>/papers/<slug:slug>/", papers.paper, name="paper"),
    path("<int:pk>/schedule/", money.schedule, name="schedule"),
    path("<int:pk>/collect/", money.collect, name="collect"),
    path("<int:pk>/end/", life.end, name="end"),
    path("<int:pk>/file/", life.file, name="file"),
    path("<int:pk>/amendments/<int:ordinal>/file/", life.file, name="file-amendment"),
    path("<int:pk>/gain/", life.gain, name="gain"),
]
