from django.urls import path

from .views import (
    choosing,
    corrections,
    entering,
    matters,
    notes,
    patterns,
    reporting,
    standing,
    unfinished,
)

app_name = "agency"
urlpatterns = [
    path("", matters.desk, name="desk"),
    path("todo/", matters.todo, name="todo"),
    path("posting/", matters.posting, name="posting"),
    path("report/", reporting.report, name="report"),
    path("matters/", matters.matters, name="matters"),
    path("matters/<int:pk>/", matters.matter, name="matter"),
    path("matters/<int:pk>/step/", matters.step, name="step"),
    path("matters/<int:pk>/sheet/", matters.sheet, name="sheet"),
    path("matters/<int:pk>/amend/", reporting.amend, name="amend"),
    path("matters/<int:pk>/papers/", reporting.add_papers, name="add-papers"),
    path("matters/<int:pk>/papers/remove/", reporting.remove_paper, name="remove-paper"),
    path("enter/", choosing.choose, name="choose"),
    path("books/<int:pk>/enter/", entering.enter, name="enter"),
    path("books/<int:pk>/names/", entering.names, name="names"),
    path("books/<int:pk>/fetch/", corrections.fetch, name="fetch"),
    path("books/<int:pk>/templates/", patterns.templates, name="templates"),
    path("templates/<int:pk>/state/", patterns.set_state, name="template-state"),
    path("matters/<int:pk>/prepare/", entering.prepare, name="prepare"),
    path("unfinished/", unfinished.unfinished, name="unfinished"),
    path("unfinished/<int:pk>/throw-away/", unfinished.throw_away, name="throw-away"),
    path("notes/", notes.notes, name="notes"),
    path("notes/new/", notes.new_note, name="new-note"),
    path("notes/<int:pk>/", notes.note, name="note"),
    path("vouchers/<int:pk>/reverse/", corrections.reverse_voucher, name="reverse"),
    path("vouchers/<int:pk>/correct/", entering.correct, name="correct"),
    path("stand-ins/", standing.stand_ins, name="stand-ins"),
    path("stand-ins/<int:pk>/end/", standing.end, name="end-stand-in"),
]
