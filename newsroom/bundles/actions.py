"""What the list of guides offers for those that are chosen."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from careers.models import Guide
from newsroom.admin.access import editor
from newsroom.bundles.keeping import ask_for
from newsroom.bundles.views import may_add


@admin.action(description="Export selected guides as a zip", permissions=["publish"])
def export_selected(model_admin: Any, request: HttpRequest, guides: QuerySet[Guide]) -> HttpResponseRedirect:
    if not may_add(request):
        raise PermissionDenied
    bundle = ask_for(list(guides.values_list("pk", flat=True)), by=editor(request))
    model_admin.log_addition(request, bundle, f"Export of {len(bundle.wanted)} guides.")
    return HttpResponseRedirect(reverse("admin:newsroom_bundle_change", args=[bundle.pk]))
