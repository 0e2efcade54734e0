"""Filling in admin forms the way a browser does: everything that the page holds is sent back."""

from django.urls import reverse


def change_url(row):
    return reverse(f"admin:careers_{row._meta.model_name}_change", args=[row.pk])


def opened(client, url):
    """The form at this address as the data a browser would send."""
    response = client.get(url)
    assert response.status_code == 200
    data = _values(response.context["adminform"].form)
    for inline in response.context["inline_admin_formsets"]:
        data |= _values(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= _values(form)
    return data


def _values(form):
    """Browsers send the line ends of a text area as CR LF (HTML standard, form submission)."""
    values = {bound.html_name: bound.value() for bound in form}
    return {
        name: "on" if value is True else str(value).replace("\r\n", "\n").replace("\n", "\r\n")
        for name, value in values.items()
        if value is not None and value is not False
    }


def add_row(data, prefix, **values):
    """One more row in a part of the form; returns its name, such as tier_set-3."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    data[f"{prefix}-TOTAL_FORMS"] = str(number + 1)
    data[f"{prefix}-{number}-position"] = "0"
    data |= {f"{prefix}-{number}-{name}": str(value) for name, value in values.items()}
    return f"{prefix}-{number}"


def errors(response):
    """Field (or row and field) -> messages, of a form that came back."""
    assert response.status_code == 200, "the form was accepted"
    found = _errors(response.context["adminform"].form)
    for inline in response.context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            found |= _errors(form)
    return found


def _errors(form):
    prefix = f"{form.prefix}-" if form.prefix else ""
    return {f"{prefix}{name}": " ".join(messages) for name, messages in form.errors.items()}


def said(response):
    """Messages on the page that follows."""
    return " ".join(str(message) for message in response.context["messages"])
