"""English in small pieces: titles, plurals, slugs, sentences, numbers. Wrong guesses are for the editor to mend."""

import re

from kit.text import fold

# Names that stay capital inside a title. Words with capitals or digits inside (EHR, DevOps, 3D) need no entry.
_PROPER = {
    *("Adobe", "Android", "Angular", "Azure", "Django", "Drupal", "English", "French", "German", "Google", "Java", "Kubernetes", "Linux"),
    *("Microsoft", "Oracle", "Python", "React", "Ruby", "Salesforce", "Shopify", "Spanish", "Unity", "Webflow", "Windows", "Zendesk"),
}
_IRREGULAR = {"man": "men", "woman": "women", "child": "children", "person": "people", "staff": "staff"}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "couple": 2, "two": 2, "few": 3, "several": 3, "three": 3, "four": 4, "five": 5, "six": 6}
_NUMBERS |= {"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "eighteen": 18, "twenty-four": 24}
NUMBER = rf"(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}|\d{{1,3}})"


def sentence_case(title: str) -> str:
    """As in "Medical office specialist"; acronyms and names stay as they are."""
    if title.isupper() and " " in title:
        title = title.title()
    first, *rest = re.split(r"(?<=[\s/(-])", title)
    return first[:1].upper() + first[1:] + "".join(_small(word) for word in rest)


def _small(word: str) -> str:
    bare = word.strip("()/-, \t")
    plain = bare == "A" or (bare[1:].isalpha() and bare[1:].islower())
    return word.lower() if plain and bare not in _PROPER else word


def plural(title: str) -> str:
    """As in "Directors of nursing"."""
    head, *tail = re.split(r"(?=\s(?:of|in|for|at)\s|,|\s\()", title, maxsplit=1)
    return re.sub(r"\w+$", lambda word: _plural_word(word[0]), head) + "".join(tail)


def _plural_word(word: str) -> str:
    if word.lower() in _IRREGULAR:
        return _IRREGULAR[word.lower()]
    if word.endswith("man") and word.lower() not in {"human", "german", "roman", "shaman"}:
        return word[:-3] + "men"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(s|x|z|ch|sh)$", word) else "s")


def slug(text: str, limit: int = 80) -> str:
    """An address of lowercase words and hyphens, without "vs" (it joins two guides in addresses). May be empty."""
    text = re.sub(r"(?<!\w)\.net\b", "dot net", fold(text).replace("c++", "cpp").replace("c#", "c sharp").replace("&", " and "))
    words = re.findall(r"[a-z0-9]+", re.sub(r"(?<=\w)[.'’](?=\w)|\.", "", text))
    out = ""
    for word in words:
        joined = f"{out}-{word}" if out else word[:limit]
        if word != "vs" and len(joined) <= limit:
            out = joined
    return out


def same_occupation(one: str, other: str) -> bool:
    """Whether two titles mean the same: case, article, plural and brackets do not count."""
    return _bare(one) == _bare(other)


def _bare(title: str) -> str:
    words = re.sub(r"\([^()]*\)", " ", fold(title)).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"a", "an", "the"} else words).removesuffix("s")


def short_title(title: str, occupation: str) -> str:
    """What sets a tier apart: "Senior" of "Senior lamp keeper"; the last word where nothing does."""
    shared = set(fold(occupation).split())
    own = [word for word in title.split() if fold(word) not in shared]
    short = " ".join(own) or title.split()[-1]
    return short[:1].upper() + short[1:]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!e\.g\.)(?<!i\.e\.)\s+(?=[A-Z“\"(])", text)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut after a whole word."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;: ") + "…"


def number(word: str) -> int | None:
    """Both "two" and "2" are 2; "several" and "a few" count as 3."""
    return int(word) if word.isdigit() else _NUMBERS.get(word.lower())


def count(amount: int, one: str, many: str | None = None) -> str:
    return f"{amount} {one if amount == 1 else many or one + 's'}"
