from datetime import timedelta
from decimal import Decimal

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from jobs.choices import Kind, PayPeriod, State, Workplace
from jobs.models import Employer, Job
from jobs.page.card import Card
from kit.http import Request


class SampleForm(forms.Form):
    """Every kind of field."""

    name = forms.CharField(label="Full name", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label="Email address", error_messages={"invalid": "Enter an email address in the form name@example.com"})
    password = forms.CharField(
        widget=forms.PasswordInput,
        help_text="12 characters or more. A short sentence works well.",
        error_messages={"required": "Choose a password of 12 characters or more"},
    )
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    zone = forms.ChoiceField(label="Time zone", choices=[("UTC", "UTC"), ("America/Chicago", "Chicago")])
    place = forms.ChoiceField(
        label="Where you work",
        choices=[("site", "On site"), ("home", "At home")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where you work"},
    )
    terms = forms.BooleanField(label="I have read this", error_messages={"required": "Tick the box when you have read this"})


@login_not_required
@require_safe
def styleguide(request: Request) -> HttpResponse:
    """Every component in every state, for the people who build and check the site."""
    if not (settings.DEBUG or getattr(request.user, "is_staff", False)):
        raise Http404("The style guide is for staff.")
    pages = Paginator(range(400), 20)
    context = {
        "form": SampleForm({"name": "Ada Okafor", "email": "ada.okafor", "zone": "UTC"}),
        "page_obj": pages.page(6),
        "page_range": pages.get_elided_page_range(6),
        "card": _sample_card(),
        "chips": [("Healthcare", "#chips"), ("Demand high", "#chips")],
    }
    return TemplateResponse(request, "portal/styleguide.html", context)


def _sample_card() -> Card:
    """A job that is nowhere stored, with every tag that a card may have."""
    now = timezone.now()
    job = Job(
        pk=1,
        title="Medical office specialist",
        employer=Employer(name="Harbor Street Family Clinic"),
        place="Columbus, OH",
        summary="You would run a four-doctor front desk: bookings, check-in and same-day insurance checks.",
        workplace=Workplace.ON_SITE,
        kind=Kind.FULL_TIME,
        state=State.OPEN,
        pay_minimum=Decimal("18.50"),
        pay_maximum=Decimal(22),
        pay_currency="USD",
        pay_period=PayPeriod.HOUR,
        year_minimum=38_480,
        year_maximum=45_760,
        posted_at=now - timedelta(days=2),
        valid_through=now + timedelta(days=3),
        featured_until=now + timedelta(days=3),
    )
    return Card.of(job, now=now).for_reader(is_seen=True, is_new_to_you=True, applied_on=now.date())
