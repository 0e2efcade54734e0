"""What people do with their alerts, each by one button. Repeating any of them changes nothing more."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from alerts.choices import Stop
from alerts.door import Door
from alerts.forms import PauseForm, ScheduleForm
from alerts.page.listing import day_in_words, next_in_words
from alerts.people import set_clock
from alerts.views.door import with_door
from alerts.views.listing import show_list
from alerts.writing import pause, remove, restore, resume, start, start_with, stop, turn_off
from kit.http import Request
from kit.mail.addresses import revive


@require_POST
@with_door
def pause_one(request: Request, door: Door, pk: int) -> HttpResponse:
    alert = door.alert(pk)
    form = PauseForm(request.POST, today=door.clock.today(timezone.now()), auto_id=f"pause-{alert.pk}-%s")
    if not form.is_valid():
        return show_list(request, door, pause=(alert.pk, form), status=422)
    until = form.cleaned_data["until"]
    pause(alert, until)
    messages.success(request, f"Paused until {day_in_words(until)}: {alert.name}. What comes until then is in the first mail after it.")
    return redirect(door.list_url)


@require_POST
@with_door
def resume_one(request: Request, door: Door, pk: int) -> HttpResponse:
    """From a pause, from being off, and where everything was stopped: then this one alone comes back."""
    alert = door.alert(pk)
    with transaction.atomic():
        resume(alert)
        start_with(alert, timezone.now())
    messages.success(request, f"On again: {alert.name}. {next_in_words(door)}")
    return redirect(door.list_url)


@require_POST
@with_door
def turn_off_one(request: Request, door: Door, pk: int) -> HttpResponse:
    alert = door.alert(pk)
    turn_off(alert)
    messages.success(request, f"Off: {alert.name}. It stays here until you turn it on or remove it.")
    return redirect(door.list_url)


@require_POST
@with_door
def remove_one(request: Request, door: Door, pk: int) -> HttpResponse:
    """The list offers the way back."""
    alert = door.alert(pk, among=door.subscriber.alerts.all())
    remove(alert)
    return redirect(f"{door.list_url}?{urlencode({'removed': alert.pk})}")


@require_POST
@with_door
def restore_one(request: Request, door: Door, pk: int) -> HttpResponse:
    alert = door.alert(pk, among=door.subscriber.alerts.all())
    if restore(alert):
        messages.success(request, f"Back again: {alert.name}")
    else:
        messages.warning(request, "You made the same alert anew meanwhile, so the old one stays away.")
    return redirect(door.list_url)


@require_POST
@with_door
def schedule(request: Request, door: Door) -> HttpResponse:
    form = ScheduleForm(request.POST, subscriber=door.subscriber)
    if not form.is_valid():
        return show_list(request, door, schedule=form, status=422)
    chosen = form.cleaned_data
    set_clock(door.subscriber, timezone.now(), zone=chosen.get("time_zone"), weekday=chosen["weekday"], hour=chosen["hour"])
    messages.success(request, f"Saved. {next_in_words(door)}")
    return redirect(door.list_url)


@require_POST
@with_door
def stop_all(request: Request, door: Door) -> HttpResponse:
    stop(door.subscriber, Stop.LEFT, timezone.now())
    messages.success(request, "All your alerts are off, at once. They stay here as they are.")
    return redirect(door.list_url)


@require_POST
@with_door
def start_all(request: Request, door: Door) -> HttpResponse:
    start(door.subscriber, timezone.now())
    messages.success(request, f"Your alerts are on again. {next_in_words(door)}")
    return redirect(door.list_url)


@require_POST
@with_door
def address_works(request: Request, door: Door) -> HttpResponse:
    """Their own word for it: the next mail that comes back says otherwise."""
    revive(door.subscriber.address)
    messages.success(request, f"We try {door.subscriber.address} again with the next mail.")
    return redirect(door.list_url)
