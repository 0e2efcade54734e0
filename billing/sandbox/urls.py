from django.urls import path

from billing.sandbox import views

app_name = "sandbox"
urlpatterns = [
    path("checkout/<str:session>/", views.checkout, name="checkout"),
    path("portal/<str:session>/", views.portal, name="portal"),
]
