from django.urls import path

from .tasks import views as tasks
from .views import about, campaigns, desk, households, ladder, lists, stations, targets

app_name = "campaigns"
urlpatterns = [
    path("", campaigns.campaigns, name="campaigns"),
    path("new/", campaigns.new, name="new"),
    path("compare/", campaigns.compare, name="compare"),
    path("<int:pk>/", campaigns.campaign, name="campaign"),
    path("<int:pk>/edit/", campaigns.edit, name="edit"),
    path("<int:pk>/close/", campaigns.close, name="close"),
    path("<int:pk>/reopen/", campaigns.reopen, name="reopen"),
    path("<int:pk>/villages/", targets.villages, name="villages"),
    path("<int:pk>/targets/", targets.targets, name="targets"),
    path("<int:pk>/targets/paste/", targets.paste, name="paste"),
    path("<int:pk>/targets/spread/", targets.spread, name="spread"),
    path("<int:pk>/register/", targets.register, name="register"),
    path("tasks/", desk.my_tasks, name="my-tasks"),
    path("tasks/about/", about.about, name="tasks-about"),
    path("tasks/new/", lists.new_task, name="new-task"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/steps/", tasks.step, name="task-step"),
    path("tasks/<int:pk>/report/", tasks.report, name="task-report"),
    path("tasks/<int:pk>/hand-in/", tasks.hand_in, name="task-hand-in"),
    path("tasks/<int:pk>/extend/", tasks.extend, name="task-extend"),
    path("tasks/<int:pk>/reassign/", tasks.reassign, name="task-reassign"),
    path("tasks/<int:pk>/papers/remove/", tasks.remove_paper, name="task-remove-paper"),
    path("lists/", lists.lists, name="lists"),
    path("lists/new/", lists.new_list, name="new-list"),
    path("lists/<str:key>/", lists.sheet, name="list"),
    path("lists/<str:key>/give/", lists.give, name="give-list"),
    path("lists/<str:key>/edit/", lists.edit_list, name="edit-list"),
    path("lists/<str:key>/retire/", lists.retire_list, name="retire-list"),
    path("households/", households.households, name="households"),
    path("stations/", stations.station, name="station"),
    path("ladder/", ladder.ladder, name="ladder"),
    path("ladder/change/", ladder.change_ladder, name="change-ladder"),
]
