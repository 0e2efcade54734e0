from django.urls import path

from newsroom.readers import views

app_name = "newsroom"

urlpatterns = [
    path("guides/<slug:slug>/report/", views.report, name="report"),
    path("guides/<slug:slug>/vote/", views.vote, name="vote"),
]
