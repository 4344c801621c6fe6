from django.urls import path

from .views import office, public, questions, sheets

app_name = "disclosure"
urlpatterns = [
    path("", office.overview, name="overview"),
    path("catalogue/", office.catalogue, name="catalogue"),
    path("rules/", office.rules, name="rules"),
    path("words/<str:village>/", office.words, name="words"),
    path("words/<int:pk>/remove/", office.remove_word, name="remove-word"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<int:pk>/", questions.answer, name="answer"),
    path("<int:organisation>/<str:span>/", sheets.sheet, name="sheet"),
    path("<int:organisation>/<str:span>/preview/", sheets.preview, name="preview"),
    path("<int:organisation>/<str:span>/review/", sheets.review, name="review"),
    path("<int:organisation>/<str:span>/publish/", sheets.publish, name="publish"),
    path("<int:organisation>/<str:span>/tell/<str:item>/", sheets.tell, name="tell"),
    path("public/", public.places, name="public-places"),
    path("public/<str:code>/", public.board, name="board"),
    path("public/<str:code>/ask/", public.ask, name="ask"),
    path("public/<str:code>/questions/<str:token>/", public.question, name="question"),
    path("public/<str:code>/<int:pk>/", public.sheet, name="public-sheet"),
    path("public/<str:code>/<int:pk>/paper/", public.paper, name="public-paper"),
    path("public/<str:code>/<int:pk>/content.json", public.frozen, name="frozen"),
]
