from django.urls import path

from .views import accounts, books, files, ledgers, opening, regions, sets, statements, vouchers

app_name = "accounting"
urlpatterns = [
    path("", sets.books, name="books"),
    path("new/", sets.new, name="new-book"),
    path("files/", files.files, name="voucher-files"),
    path("files/new/", files.hand_in, name="hand-in-vouchers"),
    path("files/<int:pk>/", files.file, name="voucher-file"),
    path("files/<int:pk>/bring-in/", files.bring_in, name="bring-in-vouchers"),
    path("files/<int:pk>/drop/", files.drop, name="drop-vouchers"),
    path("region/statements/<slug:statement>/", regions.statement, name="region-statement"),
    path("region/trial/", regions.trial, name="region-trial"),
    path("region/parts/", regions.parts, name="region-parts"),
    path("<int:book>/", sets.book, name="book"),
    path("<int:book>/opening/", opening.opening, name="opening"),
    path("<int:book>/opening/enter/", opening.enter, name="enter-opening"),
    path("<int:book>/accounts/", accounts.accounts, name="accounts"),
    path("<int:book>/accounts/<int:pk>/", accounts.account, name="account"),
    path("<int:book>/accounts/<int:pk>/below/", accounts.grow, name="add-account"),
    path("<int:book>/accounts/<int:pk>/state/", accounts.switch, name="switch-account"),
    path("<int:book>/dimensions/", accounts.dimensions, name="dimensions"),
    path("<int:book>/dimensions/new/", accounts.new_dimension, name="new-dimension"),
    path("<int:book>/statements/<slug:statement>/", statements.statement, name="statement"),
    path("<int:book>/trial/", books.trial, name="trial"),
    path("<int:book>/flows/", books.flows, name="flows"),
    path("<int:book>/general/", books.general, name="general"),
    path("<int:book>/ledger/", ledgers.lines, name="ledger"),
    path("<int:book>/daybook/", ledgers.daybook, name="daybook"),
    path("<int:book>/dues/", ledgers.balances, name="dues"),
    path("<int:book>/vouchers/", vouchers.vouchers, name="vouchers"),
    path("<int:book>/vouchers/print/", vouchers.printed, name="print-vouchers"),
    path("<int:book>/vouchers/<int:pk>/", vouchers.voucher, name="voucher"),
]
