from django.urls import path

from . import views

app_name = "regulations"
urlpatterns = [
    path("", views.regulations, name="regulations"),
    path("lay-out/", views.lay_out, name="lay-out"),
    path("<int:pk>/", views.regulation, name="regulation"),
    path("<int:pk>/enter/", views.enter, name="enter"),
    path("<int:pk>/apply/", views.apply, name="apply"),
    path("versions/<int:pk>/", views.version, name="version"),
    path("versions/<int:pk>/release/", views.release, name="release"),
    path("versions/<int:pk>/compared/<int:other>/", views.compared, name="compared"),
    path("applications/<int:pk>/end/", views.unapply, name="unapply"),
]
