"""Repairs text whose UTF-8 bytes were read as Windows-1253 (Greek) and encoded again.

`ftfy` and its kin look for Western and Cyrillic code pages and do not know this one, so these few lines are
our own. Bytes that Windows-1253 leaves undefined come out as in Windows-1252 or as the control character of
the same number, depending on the program that did the damage; both are accepted.
"""

import re


def _read_as(byte: int) -> set[str]:
    """The characters that a program may have shown for one byte of UTF-8."""
    raw = bytes([byte])
    shown = {chr(byte)} if byte < 0xA0 else set()
    for code_page in ("cp1253", "cp1252"):
        try:
            return shown | {raw.decode(code_page)}
        except UnicodeDecodeError:
            continue
    return shown


_BYTES = {shown: byte for byte in range(0x80, 0x100) for shown in _read_as(byte)}


def _any(first: int, last: int) -> str:
    return "[" + "".join(re.escape(shown) for shown, byte in _BYTES.items() if first <= byte <= last) + "]"


_MORE = _any(0x80, 0xBF)
# Long sequences that copied pages hold: punctuation and symbols (E2), variation selector and byte order
# mark (EF), emoji (F0 9F). No Greek word has these characters in this order.
_LONG = rf"β{_MORE}{{2}}|οΈ{_any(0x8F, 0x8F)}|ο»Ώ|π{_any(0x9F, 0x9F)}{_MORE}{{2}}"
# Signs and accented letters of Latin-1 (C2, C3).
_SHORT = rf"Β{_any(0xA0, 0xBF)}|Γ{_MORE}"
_RUN = re.compile(rf"(?:{_LONG}|(?P<short>{_SHORT}))+")
_GREEK = re.compile("[\u0386-\u03ce]")
_LATIN = re.compile("[A-Za-z0-9]")


def repair(text: str) -> str:
    """The text with twice-encoded runs put right; all other text, Greek and curly quotes included, as it was."""
    return _RUN.sub(_decoded, text)


def count_damaged(text: str) -> int:
    """How many runs `repair` would put right."""
    return sum(_decoded(run) != run[0] for run in _RUN.finditer(text))


def _decoded(run: re.Match[str]) -> str:
    around = run.string[max(0, run.start() - 1) : run.start()] + run.string[run.end() : run.end() + 1]
    # `Γ’` and `Β»` are Greek when they stand alone: short sequences count beside a Latin letter or a digit only.
    if _GREEK.search(around) or (run["short"] and not _LATIN.search(around)):
        return run[0]
    try:
        return bytes(_BYTES[shown] for shown in run[0]).decode("utf-8")
    except UnicodeDecodeError:
        return run[0]
