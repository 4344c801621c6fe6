from django.urls import path

from . import places

app_name = "web"
urlpatterns = [path("", places.places_page, name="places")]
