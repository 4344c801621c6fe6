from django.urls import path

from .views import figures, home, rows, search, waiting, wall

app_name = "dashboards"
urlpatterns = [
    path("", home.home, name="home"),
    path("todo/", waiting.waiting, name="waiting"),
    path("todo/tiles/", waiting.waiting_tiles, name="waiting-tiles"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<str:metric>/", rows.rows, name="rows"),
    path("wall/", wall.wall, name="wall"),
    path("search/", search.search_page, name="search"),
]
