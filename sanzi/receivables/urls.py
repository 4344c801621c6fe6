from django.urls import path

from .views import ageing, casework, claims, collectors, desk, letters, limitation, relief, steps
from .views import public as answers

app_name = "receivables"
urlpatterns = [
    path("<int:pk>/", claims.claim, name="claim"),
    path("<int:pk>/steps/", claims.steps, name="claim-steps"),
    path("<int:pk>/casework/", claims.work, name="claim-work"),
    path("<int:pk>/limitation/", limitation.record, name="limitation"),
    path("limitation/<int:pk>/end/", limitation.end, name="limitation-end"),
    path("limitation/<int:pk>/withdraw/", limitation.withdraw, name="limitation-withdraw"),
    path("ageing/", ageing.ageing, name="ageing"),
    path("ageing/rows/", ageing.aged, name="aged"),
    path("desk/", desk.desk, name="desk"),
    path("collect/", desk.collect, name="collect"),
    path("entrust/", collectors.entrust, name="entrust"),
    path("collectors/", collectors.collectors, name="collectors"),
    path("collectors/claims/", collectors.claims, name="entrusted"),
    path("letters/send/", letters.send, name="send"),
    path("letters/sent/", letters.sent, name="sent"),
    path("letters/<int:pk>/serve/", letters.serve, name="serve"),
    path("letters/<int:pk>/reply/", letters.enter_reply, name="enter-reply"),
    path("replies/", letters.replies_register, name="replies"),
    path("replies/<int:pk>/", letters.reply, name="reply-page"),
    path("proposals/", steps.proposals, name="proposals"),
    path("proposals/confirming/", steps.confirming, name="confirming"),
    path("proposals/<int:pk>/", steps.proposal, name="proposal"),
    path("packages/", casework.packages, name="packages"),
    path("packages/<int:pk>/", casework.package, name="package"),
    path("mediations/", casework.cases, name="mediations"),
    path("mediations/<int:pk>/", casework.case, name="case"),
    path("pursuits/", casework.pursuits_register, name="pursuits"),
    path("pursuits/<int:pk>/", casework.pursuit, name="pursuit"),
    path("clues/", casework.clues, name="clues"),
    path("clues/<int:pk>/", casework.clue, name="clue"),
    path("<int:pk>/letter/", letters.send_one, name="send-one"),
    path("<int:pk>/estate/", relief.estate, name="estate"),
    path("<int:pk>/early/", relief.early, name="early"),
    path("<int:pk>/plan/", steps.plan, name="plan"),
    path("<int:pk>/pack/", casework.pack, name="pack"),
    path("<int:pk>/release/", casework.release, name="release"),
    path("<int:pk>/mediate/", casework.mediate, name="mediate"),
    path("<int:pk>/pursue/", casework.pursue, name="pursue"),
    path("<int:pk>/clue/", casework.hand_clue, name="hand-clue"),
    path("<int:pk>/propose/<slug:kind>/", steps.propose, name="propose"),
    path("reply/<str:token>/", answers.reply, name="reply"),
]
# The clock stands at an address of its own, for anybody.
public = ([path("", limitation.clock, name="clock")], "limitation")
