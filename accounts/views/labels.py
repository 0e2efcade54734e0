"""A person's labels: how many carry each, other names for them, and taking them away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.forms import LabelForm
from accounts.keeping.labels import rename
from accounts.models import Label
from accounts.models.label import MAX_NAME
from kit.http import MemberRequest


@require_safe
def label_list(request: MemberRequest) -> HttpResponse:
    return render(request, "accounts/labels.html", {"labels": request.user.labels.with_counts(), "max_name": MAX_NAME})


@require_POST
def label_rename(request: MemberRequest, pk: int) -> HttpResponse:
    label = _label(request, pk)
    form = LabelForm(request.POST)
    if form.is_valid():
        if rename(label=label, name=form.cleaned_data["name"]):
            messages.success(request, f"The label is now called {form.cleaned_data['name']}.")
            return redirect("accounts:labels")
        form.add_error("name", "You have another label of this name")
    return render(request, "accounts/label_rename.html", {"form": form, "label": label}, status=422)


@require_POST
def label_delete(request: MemberRequest, pk: int) -> HttpResponse:
    label = _label(request, pk)
    label.delete()
    messages.success(request, f"Label deleted: {label.name}. What carried it is still in your list.")
    return redirect("accounts:labels")


def _label(request: MemberRequest, pk: int) -> Label:
    return get_object_or_404(request.user.labels, pk=pk)
