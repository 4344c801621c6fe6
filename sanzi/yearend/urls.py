from django.urls import path

from .views import console, corrections, months, transitions, wear, years

app_name = "yearend"
urlpatterns = [
    path("", console.console, name="console"),
    path("close/", console.close_many, name="close-many"),
    path("<int:book>/", months.book_page, name="book"),
    path("<int:book>/open-year/", months.open_year, name="open-year"),
    path("<int:book>/<int:period>/", months.month, name="month"),
    path("<int:book>/<int:period>/bank/", months.bank, name="bank"),
    path("<int:book>/<int:period>/close/", months.close, name="close"),
    path("<int:book>/<int:period>/reopen/", months.reopen, name="reopen"),
    path("<int:book>/<int:period>/lock/", months.lock, name="lock"),
    path("transitions/", transitions.transitions, name="transitions"),
    path("<int:book>/transition/", transitions.transition, name="transition"),
    path("<int:book>/transition/<int:place>/", transitions.divide, name="divide"),
    path("<int:book>/transition/open/", transitions.open_new, name="transition-open"),
    path("<int:book>/transition/print/", transitions.paper, name="transition-paper"),
    path("<int:book>/wear/", wear.wear, name="wear"),
    path("<int:book>/wear/usual/", wear.assume, name="wear-usual"),
    path("<int:book>/wear/assets/<int:asset>/", wear.term, name="wear-term"),
    path("<int:book>/wear/<int:period>/hand-over/", wear.hand_over, name="wear-hand-over"),
    path("<int:book>/correction/", corrections.correction, name="correction"),
    path("<int:book>/correction/<int:voucher>/", corrections.correct, name="correct"),
    path("<int:book>/correction/<int:voucher>/propose/", corrections.propose, name="propose"),
    path("<int:book>/year/<int:year>/", years.year, name="year"),
    path("<int:book>/year/<int:year>/plan/", years.plan, name="plan"),
    path("<int:book>/year/<int:year>/recall/", years.recall, name="recall"),
    path("<int:book>/year/<int:year>/<slug:step>/", years.take, name="take"),
    path("<int:book>/year/<int:year>/<slug:step>/undo/", years.undo, name="undo"),
]
