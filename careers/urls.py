from django.urls import path

from careers.feeds import GuideFeed
from careers.views import comparison, discovery, guide, preview, questions
from kit.cache import public_page

app_name = "careers"

guides = [
    path("guides/", discovery.guide_list, name="guide_list"),
    path("guides/feed.atom", public_page(GuideFeed()), name="guide_feed"),
    path("guides/field/<slug:slug>/", discovery.field, name="field"),
    path("guides/<slug:slug>/", guide.guide, name="guide"),
    path("guides/<slug:slug>/cases/<slug:case>/", guide.case_study, name="case_study"),
    path("guides/<slug:slug>/preview/<str:token>/", preview.preview, name="guide_preview"),
]

compare = [
    path("compare/", comparison.start, name="compare"),
    path("compare/<slug:slugs>/", comparison.compare, name="compare_guides"),
]

urlpatterns = [*guides, *compare, path("questions/", questions.questions, name="questions")]
