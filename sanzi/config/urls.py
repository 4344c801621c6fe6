"""Every address of the site, by feature."""

from django.urls import include, path

urlpatterns = [
    path("", include("sanzi.dashboards.urls")),
    path("", include("sanzi.administration.urls")),
    path("intake/", include("sanzi.workbooks.urls")),
    path("registers/", include("sanzi.workbooks.register_urls")),
    path("contracts/", include("sanzi.cleanup.urls")),
    path("receivables/", include("sanzi.receivables.urls")),
    path("debts/", include("sanzi.debts.urls")),
    path("parties/", include("sanzi.parties.urls")),
    path("places/", include("sanzi.web.urls")),
]
handler400 = "sanzi.web.errors.bad_request"
handler403 = "sanzi.web.errors.forbidden"
handler404 = "sanzi.web.errors.missing"
handler500 = "sanzi.web.errors.broken"
