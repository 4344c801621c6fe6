from django.urls import path

from .views import letters, public, runs, serving, templates

app_name = "letters"
urlpatterns = [
    path("", letters.letters, name="letters"),
    path("new/", letters.compose, name="compose"),
    path("<int:pk>/", letters.letter, name="letter"),
    path("<int:pk>/pdf/", letters.pdf, name="pdf"),
    path("<int:pk>/docx/", letters.docx, name="docx"),
    path("<int:pk>/void/", letters.void, name="void"),
    path("<int:pk>/serve/", serving.serve, name="serve"),
    path("services/<int:pk>/take-back/", serving.take_back, name="take-back"),
    path("runs/", runs.runs, name="runs"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/cancel/", runs.cancel, name="cancel-run"),
    path("runs/<int:pk>/again/", runs.again, name="again"),
    path("runs/<int:pk>/file/", runs.file, name="run-file"),
    path("templates/", templates.templates, name="templates"),
    path("templates/kept/<int:pk>/", templates.kept, name="kept-template"),
    path("templates/<str:code>/", templates.template, name="template"),
    path("templates/<str:code>/blank/", templates.blank, name="blank-template"),
    path("templates/<str:code>/retire/", templates.retire, name="retire-template"),
    path("v/", public.ask, name="ask"),
    path("v/<str:token>/", public.check, name="check"),
]
