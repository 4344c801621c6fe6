from django.urls import path

from .views import assigning, forces, handover, people

app_name = "responsibility"
urlpatterns = [
    path("", assigning.chart, name="chart"),
    path("assignments/", assigning.assignments, name="assignments"),
    path("assignments/new/", assigning.new, name="new"),
    path("assignments/paste/", assigning.paste, name="paste"),
    path("assignments/<int:pk>/", assigning.assignment, name="assignment"),
    path("assignments/<int:pk>/end/", assigning.end, name="end"),
    path("assignments/<int:pk>/reveal/", assigning.reveal, name="reveal"),
    path("forces/", forces.forces, name="forces"),
    path("forces/new/", forces.new_force, name="new-force"),
    path("forces/<int:pk>/", forces.force, name="force"),
    path("forces/<int:pk>/join/", forces.join, name="join"),
    path("stations/", forces.stations, name="stations"),
    path("members/<int:pk>/leave/", forces.leave, name="leave"),
    path("handovers/", handover.handovers, name="handovers"),
    path("handovers/new/", handover.choose, name="handing"),
    path("handovers/run/", handover.run, name="hand-over"),
    path("handovers/<int:pk>/", handover.handover, name="handover"),
    path("mine/", people.mine, name="mine"),
    path("people/<int:pk>/", people.person, name="person"),
    path("areas/", assigning.areas, name="areas"),
]
