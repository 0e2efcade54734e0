import json
import re

import pytest
from django import forms
from django.template import engines

from kit.templatetags.kit import icon, json_ld, meter, percent


def render(source, **context):
    return engines["django"].from_string(source).render(context)


def test_a_meter_says_its_level_in_words():
    html = meter(4, "Demand")
    assert 'aria-label="Demand: 4 out of 5"' in html
    assert html.count('<i class="on">') == 4
    assert html.count("<i") == 5


def test_a_meter_escapes_its_label():
    assert "<b>" not in meter(1, '<b>"')


def test_an_unknown_level_has_no_meter():
    assert meter(None, "Demand") == ""


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ 42500|money }}", "$42,500"),
        ('{{ 42500|money:"CAD" }}', "C$42,500"),
        ('{{ 42500|money:"EUR" }}', "€42,500"),
        ('{{ 42500|money:"CHF" }}', "CHF 42,500"),
        ("{{ nothing|money }}", ""),
        ("{{ 10|percent }}", "+10%"),
        ("{{ 0|percent }}", "0%"),
    ],
)
def test_figures_in_words(source, shown):
    assert render(source, nothing=None) == shown


def test_a_decline_has_a_true_minus():
    assert percent(-3.5) == "−3.5%"
    assert percent(None) == ""


def test_an_icon_is_decoration():
    html = icon("check")
    assert 'aria-hidden="true"' in html
    assert 'class="icon"' in html
    assert "stroke-width" not in html


def test_no_text_closes_a_block_of_data():
    text = "</script><script>alert(1)</script> & <!--"
    html = json_ld({"name": text})
    body = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', html).group(1)
    assert not set("<>&") & set(body)
    assert json.loads(body) == {"name": text}


def test_what_is_captured_is_shown_twice_and_escaped_once():
    html = render("{% capture words %} {{ text }} {% endcapture %}[{{ words }}][{{ words }}]", text="a & b")
    assert html == "[a &amp; b][a &amp; b]"


class Sample(forms.Form):
    email = forms.EmailField(help_text="We write to you here", error_messages={"invalid": "Enter an email address"})
    place = forms.ChoiceField(choices=[("a", "At home")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="I agree")
    key = forms.CharField(widget=forms.HiddenInput)


def test_a_field_ties_hint_and_error_to_its_control():
    html = render("{% field form.email %}", form=Sample({"email": "ada", "key": "1"}))
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_helptext"' in html
    assert 'id="id_email_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="ada"' in html
    assert html.index("Enter an email address") < html.index("<input")


def test_a_group_of_choices_is_a_fieldset_with_a_legend():
    html = render("{% field form.place %}", form=Sample())
    assert "<fieldset" in html
    assert re.search(r"<legend[^>]*>Place</legend>", html)
    assert re.search(r"<label[^>]*><input type=\"radio\"[^>]*>At home</label>", html)


def test_a_checkbox_stands_inside_its_label():
    assert re.search(r"<label[^>]*><input type=\"checkbox\"[^>]*>I agree</label>", render("{% field form.agreed %}", form=Sample()))


def test_a_hidden_field_has_no_label():
    assert "<label" not in render("{% field form.key %}", form=Sample())


def test_the_error_summary_leads_to_each_field():
    form = Sample({"email": "ada", "key": ""})
    html = render('{% include "components/error_summary.html" %}', form=form)
    assert 'role="alert"' in html
    assert '<a href="#id_email">Enter an email address</a>' in html
    assert '<a href="#id_place_0">' in html
    assert '<a href="#id_agreed">' in html
    assert '<a href="#id_key">' not in html


def test_a_form_without_errors_has_no_summary():
    assert render('{% include "components/error_summary.html" %}', form=Sample()).strip() == ""
