"""Every address of the site, by feature."""

from django.urls import include, path

from sanzi.receivables import urls as receivables

urlpatterns = [
    path("", include("sanzi.dashboards.urls")),
    path("", include("sanzi.administration.urls")),
    path("intake/", include("sanzi.workbooks.urls")),
    path("registers/", include("sanzi.workbooks.register_urls")),
    path("contracts/", include("sanzi.contracts.urls")),
    path("contracts/", include("sanzi.cleanup.urls")),
    path("receivables/", include("sanzi.receivables.urls")),
    path("limitation/", include(receivables.public)),
    path("debts/", include("sanzi.debts.urls")),
    path("netting/", include("sanzi.netting.urls")),
    path("loans/", include("sanzi.borrowing.urls")),
    path("policies/", include("sanzi.policies.urls")),
    path("parties/", include("sanzi.parties.urls")),
    path("books/", include("sanzi.accounting.urls")),
    path("agency/", include("sanzi.agency.urls")),
    path("bank/", include("sanzi.bank.urls")),
    path("budgets/", include("sanzi.budgets.urls")),
    path("dispatch/", include("sanzi.dispatch.urls")),
    path("campaigns/", include("sanzi.campaigns.urls")),
    path("contests/", include("sanzi.contests.urls")),
    path("support/", include("sanzi.support.urls")),
    path("income/", include("sanzi.income.urls")),
    path("periods/", include("sanzi.yearend.urls")),
    path("disclosure/", include("sanzi.disclosure.urls")),
    path("letters/", include("sanzi.letters.urls")),
    path("papers/", include("sanzi.documents.urls")),
    path("inspections/", include("sanzi.inspections.urls")),
    path("regulations/", include("sanzi.regulations.urls")),
    path("responsibility/", include("sanzi.responsibility.urls")),
    path("resolutions/", include("sanzi.resolutions.urls")),
    path("warnings/", include("sanzi.warnings.urls")),
    path("places/", include("sanzi.web.urls")),
]
handler400 = "sanzi.web.errors.bad_request"
handler403 = "sanzi.web.errors.forbidden"
handler404 = "sanzi.web.errors.missing"
handler500 = "sanzi.web.errors.broken"
