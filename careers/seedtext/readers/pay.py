"""The salary section: range, median, levels, and the sentence about the top."""

import re

from careers.choices import Method, PayUnit
from careers.document.figures import PayBand
from careers.seedtext.lines import Body, Found, Line
from careers.seedtext.money import AMOUNT, RANGE, amount
from careers.seedtext.places import CURRENCIES, Country, country, flag

_PLACE = re.compile(r"\(([^(),]+),\s*([A-Z]{3})\)")
_LABELS = {"median": "median", "entry-level": "entry", "mid-level": "mid", "senior-level": "senior"}
_TOP = re.compile(rf"^[Tt]op 10%[^$€£¥₹\d]*({AMOUNT})(?![\d%])")


def place(heading: str) -> tuple[Country, str] | None:
    """Country and currency of "Annual Salary (US, USD)"."""
    match = _PLACE.search(heading)
    where = country(match[1].strip()) if match else None
    return (where, match[2]) if match and where and match[2] in CURRENCIES else None


def read(body: Body) -> Found:
    where = place(body.heading.text)
    if where is None:
        body.fault(body.heading, "no known country and currency in the heading, such as (US, USD)")
        return Found("unreadable")
    flagged = flag(body.heading.text)
    if flagged and flagged != where[0]:
        body.warn(body.heading, f"the flag is of {flagged.name}, the words say {where[0].name}; the words were taken")
    amounts, text = _amounts(body)
    if "range_min" not in amounts and not body.faults:
        body.fault(body.heading, "no readable pay range, such as 33,000—52,000")
    _median(body, amounts)
    _check_order(body, amounts)
    if body.faults:
        return Found("unreadable")
    where_and_how = {"place": where[0].name, "country": where[0].code, "currency": where[1], "unit": PayUnit.YEAR, "method": Method.EDITOR}
    band = PayBand.model_validate(where_and_how | amounts)
    return Found(_words(band), {"pay": [band], "pay_text": text})


def _amounts(body: Body) -> tuple[dict[str, int], str]:
    amounts: dict[str, int] = {}
    paragraphs: list[Line] = []
    while body:
        line = body.take()
        if (span := RANGE.fullmatch(line.text)) and "range_min" not in amounts:
            low, high = amount(span[1]), amount(span[2])
            if low is None or high is None:
                body.fault(line, f"pay range '{line.text}' is unreadable")
            else:
                amounts |= {"range_min": low, "range_max": high}
        elif label := _label(line.text):
            _labelled(body, line, label, amounts)
        elif line.text.lower().startswith("top 10%") and "top" not in amounts:
            _top(body, line, amounts)
        elif "range_min" not in amounts and line is body.lines[0] and len(line.text) < 60:
            body.fault(line, f"pay range '{line.text}' is unreadable")
        else:
            paragraphs.append(line)
    return amounts, body.prose(paragraphs)


def _label(text: str) -> str | None:
    return _LABELS.get(text.split(":")[0].strip().lower().replace(" ", "-"))


def _labelled(body: Body, line: Line, label: str, amounts: dict[str, int]) -> None:
    """An amount behind its label, or in the line after it."""
    value = line.text.partition(":")[2].strip()
    if not value and body.next and not _label(body.next.text):
        line = body.take()
        value = line.text
    number = amount(value)
    if number is None:
        body.fault(line, f"{label} pay '{value}' is unreadable")
    elif amounts.setdefault(label, number) != number:
        body.warn(line, f"{label} pay stands here a second time with another amount; {amounts[label]:,} was kept")


def _top(body: Body, line: Line, amounts: dict[str, int]) -> None:
    match = _TOP.match(line.text)
    number = amount(match[1]) if match else None
    if number is None:
        body.leave([line], "no amount in the sentence about the top")
        return
    amounts["top"] = number
    body.derive(line, f"top pay {number:,}; the sentence itself is left out, because no measured percentile stands behind it")


def _median(body: Body, amounts: dict[str, int]) -> None:
    stat = body.page.median
    if stat is None:
        return
    if amounts.setdefault("median", int(stat.value)) != stat.value:
        kept = f"median {stat.value:,.0f} in line {stat.line}, {amounts['median']:,} here; this one was kept"
        body.warn(body.heading, f"the page contradicts itself: {kept}")


def _check_order(body: Body, amounts: dict[str, int]) -> None:
    for names in (("range_min", "median", "range_max"), ("entry", "mid", "senior", "top")):
        row = [amounts[name] for name in names if name in amounts]
        if row != sorted(row):
            body.fault(body.heading, f"pay is not in rising order: {', '.join(f'{value:,}' for value in row)}")


def _words(band: PayBand) -> str:
    levels = [f"{name} {value:,}" for name in ("median", "entry", "mid", "senior", "top") if (value := getattr(band, name))]
    return ", ".join([f"{band.range_min:,} to {band.range_max:,} {band.currency}", *levels])
