from django.urls import path

from . import base_views, views

app_name = "workbooks"
urlpatterns = [
    path("", views.intake, name="intake"),
    path("template.xlsx", views.template, name="template"),
    path("dictionary/", views.dictionary, name="dictionary"),
    path("bases/", base_views.bases, name="bases"),
    path("bases/<int:pk>/", base_views.base, name="base"),
    path("<int:pk>/", views.upload_page, name="upload"),
    path("<int:pk>/again/", views.again, name="again"),
    path("<int:pk>/matches/", views.matches, name="matches"),
    path("<int:pk>/commit/", views.commit, name="commit"),
    path("<int:pk>/annotated.xlsx", views.annotated, name="annotated"),
]
