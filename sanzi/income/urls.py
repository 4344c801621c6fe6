from django.urls import path

from .views import calls, goals, jumps, overview, standards, village

app_name = "income"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("villages/", overview.villages, name="villages"),
    path("villages/<str:code>/", village.village, name="village"),
    path("villages/<str:code>/<int:year>/mark/", village.mark_row, name="mark-row"),
    path("lines/<int:voucher>/<int:line>/mark/", village.mark_line, name="mark-line"),
    path("one-offs/", village.one_offs, name="one-offs"),
    path("one-offs/<int:pk>/decide/", village.decide, name="decide"),
    path("goals/", goals.goals, name="goals"),
    path("goals/new/", goals.new, name="new-goal"),
    path("goals/set/", goals.set_goal, name="set-goal"),
    path("goals/<int:pk>/", goals.goal, name="goal"),
    path("goals/<int:pk>/withdraw/", goals.withdraw, name="withdraw-goal"),
    path("calls/", calls.calls, name="calls"),
    path("calls/open/", calls.open_call, name="open-call"),
    path("calls/<int:pk>/", calls.call, name="call"),
    path("calls/<int:pk>/report/", calls.report, name="report"),
    path("statements/<int:pk>/", calls.statement, name="statement"),
    path("statements/<int:pk>/file/", calls.file_statement, name="file-statement"),
    path("statements/<int:pk>/return/", calls.send_back, name="send-back"),
    path("reports/<int:pk>/return/", calls.return_report, name="return-report"),
    path("jumps/", jumps.events, name="jumps"),
    path("standards/", standards.standards, name="standards"),
    path("standards/<slug:kind>/", standards.set_standard, name="set-standard"),
]
