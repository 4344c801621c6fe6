from django.urls import path

from .views import entrance, log, people, regions

app_name = "administration"
urlpatterns = [
    path("login/", entrance.sign_in, name="sign-in"),
    path("login/demo/", entrance.demo_sign_in, name="demo-sign-in"),
    path("logout/", entrance.sign_out, name="sign-out"),
    path("password/", entrance.password, name="password"),
    path("acting-post/", entrance.switch_post, name="switch-post"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new-person"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/posts/", people.posts, name="posts"),
    path("people/<int:pk>/password/", people.reset, name="reset-password"),
    path("people/<int:pk>/deactivation/", people.deactivate, name="deactivate"),
    path("people/<int:pk>/activation/", people.activate, name="activate"),
    path("people/<int:pk>/lock/", people.unlock, name="unlock"),
    path("posts/<int:pk>/end/", people.end, name="end-post"),
    path("log/", log.log, name="log"),
    path("regions/", regions.regions, name="regions"),
    path("regions/new/", regions.new_region, name="new-region"),
    path("regions/<int:pk>/names/", regions.names, name="rename-region"),
    path("regions/<int:pk>/succession/", regions.succession, name="merge-region"),
]
