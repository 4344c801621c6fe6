from django.urls import path

from .views import accounts, cash, lines, matching, sheets, statements

app_name = "bank"
urlpatterns = [
    path("", accounts.accounts, name="accounts"),
    path("books/", accounts.books, name="books"),
    path("books/<int:book>/new/", accounts.register, name="register"),
    path("books/<int:book>/cash/", cash.day_book_page, name="cash"),
    path("lines/", lines.lines, name="lines"),
    path("lines/<int:pk>/", lines.line, name="line"),
    path("lines/<int:pk>/match/", lines.match, name="match-line"),
    path("matches/<int:pk>/undo/", lines.undo, name="undo"),
    path("statements/<int:pk>/", statements.statement, name="statement"),
    path("statements/<int:pk>/columns/", statements.columns, name="columns"),
    path("statements/<int:pk>/import/", statements.bring_in, name="bring-in"),
    path("statements/<int:pk>/drop/", statements.drop, name="drop"),
    path("items/<int:pk>/remove/", accounts.remove_item, name="remove-item"),
    path("<int:pk>/", accounts.account, name="account"),
    path("<int:pk>/amend/", accounts.amend, name="amend"),
    path("<int:pk>/items/", accounts.add_item, name="add-item"),
    path("<int:pk>/statements/", statements.hand_in, name="hand-in"),
    path("<int:pk>/matching/", matching.offers, name="matching"),
    path("<int:pk>/matching/confirm/", matching.confirm, name="confirm"),
    path("<int:pk>/reconciliation/", sheets.reconciliation, name="reconciliation"),
    path("<int:pk>/unmatched/", sheets.unmatched_page, name="unmatched"),
]
