"""Note and labels of anything that is kept."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.bookmarks import AnyBookmark, write_note
from accounts.forms import NoteForm
from accounts.keeping.labels import TooManyLabels
from kit.http import Request
from kit.redirects import redirect_next


def answer_note(request: Request, bookmark: AnyBookmark, *, back: str) -> HttpResponse:
    """Write what was posted and go back to the list of this name; what cannot be written comes back as it was typed."""
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            write_note(bookmark=bookmark, **form.cleaned_data)
        except TooManyLabels:
            form.refuse_labels()
        else:
            messages.success(request, "Your note is saved." if form.cleaned_data["labels"] is None else "Note and labels are saved.")
            return redirect_next(request, back)
    context = {"form": form, "bookmark": bookmark, "back": reverse(back)}
    return render(request, "accounts/bookmark_note.html", context, status=422)
