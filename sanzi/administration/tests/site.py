"""A small site for these tests: this package's pages and a stand-in for the home page."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from sanzi.web.pages import page, show


@page("home.view")
def home(request: HttpRequest) -> HttpResponse:
    return show(request, "web/base.html", {"title": "今天"})


urlpatterns = [
    path("", include(([path("", home, name="home")], "dashboards"))),
    path("", include("sanzi.administration.urls")),
]
handler404 = "sanzi.web.errors.missing"
