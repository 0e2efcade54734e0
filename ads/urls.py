from django.urls import path, re_path

from ads import views

app_name = "ads"
urlpatterns = [
    path("about/ads/", views.about, name="about"),
    path("ads/count/", views.count, name="count"),
    re_path(r"^ads/picture/(?P<digest>[0-9a-f]{32})\.webp$", views.picture, name="picture"),
]
