"""The skill map of a guide, marked by a member."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.keeping.maps import map_of
from accounts.keeping.skills import SkillMap, mark_skills, tick_skills
from accounts.keeping.skills_form import SkillsForm
from kit.http import MemberRequest

MOST = 500  # names that are read of one form


@require_http_methods(["GET", "HEAD", "POST"])
def skill_map(request: MemberRequest, slug: str) -> HttpResponse:
    """Each skill with the choice of what one says of it."""
    found = _map(request, slug)
    form = SkillsForm(found, request.POST if request.method == "POST" else None)
    if form.is_valid():
        mark_skills(user=request.user, guide_id=found.guide_id, said=form.said)
        messages.success(request, "Your skills are saved.")
        return redirect("accounts:skills", slug)
    return render(request, "accounts/skills.html", {"map": found, "form": form}, status=422 if form.errors else 200)


@require_POST
def skill_ticks(request: MemberRequest, slug: str) -> HttpResponse:
    """The ticks on the page of the guide, all of them: answers what they come to in words."""
    tick_skills(user=request.user, skill_map=_map(request, slug), have=request.POST.getlist("have")[:MOST])
    if request.htmx:
        return render(request, "accounts/partials/skill_words.html", {"map": _map(request, slug)})
    messages.success(request, "Your skills are saved.")
    return redirect(f"{reverse('careers:guide', args=[slug])}#skill-map")


def _map(request: MemberRequest, slug: str) -> SkillMap:
    if found := map_of(request.user, slug):
        return found
    raise Http404("There is no skill map here.")
