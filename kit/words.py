"""Numbers and names in words, the same on every page and in every mail."""

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "C$", "AUD": "A$", "INR": "₹", "JPY": "¥"}
HOURS_A_YEAR = 2080  # 52 weeks of 40 hours, as OEWS counts


def money(amount: int | None, currency: str = "USD") -> str:
    """$42,500; a currency without a sign of its own by its code. Empty for an unknown amount."""
    if amount is None:
        return ""
    sign = SYMBOLS.get(currency)
    return f"{sign}{amount:,}" if sign else f"{currency} {amount:,}"


def short_money(amount: int, currency: str = "USD") -> str:
    """For axes: $45k; amounts that are not whole thousands in full."""
    return f"{money(amount // 1000, currency)}k" if amount >= 10_000 and amount % 1000 == 0 else money(amount, currency)


def percent(value: float) -> str:
    """+10%, −3% with a true minus, 0%."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{abs(value):g}%"


def within_sentence(name: str) -> str:
    """A name inside a sentence: 'Attention to detail' loses its capital, 'HTML and CSS' and 'O*NET' keep theirs."""
    first = name.split(" ", 1)[0]
    return name if any(letter.isupper() for letter in first[1:]) else name[:1].lower() + name[1:]
