import pytest

from careers.seedtext import read, repair
from careers.seedtext.repair import count_damaged
from careers.tests.seedtext.page import damage, page, reading


@pytest.mark.parametrize(
    "text", ["📈 Growth", "🇺🇸🇩🇪 Pay", "30,000—50,000", "✅ Pros", "❌ Cons", "Next ›", "⚠️ Mind", "Café", "30°", "a\u00a0b", "“—”"]
)
def test_twice_encoded_characters_come_back(text):
    assert damage(text) != text
    assert repair(damage(text)) == text


def test_bytes_that_windows_1253_lacks_may_have_become_control_characters():
    assert repair("β\u009c\x85 Pros") == "✅ Pros"
    assert repair("β\u009d\x8c Cons") == "❌ Cons"


@pytest.mark.parametrize(
    "text",
    ["Ελλάδα και Κύπρος", "Γ’ τάξη, «ΑΒΓ»", "π.χ. β’ εξάμηνο", "a keeper’s “bell”", "naïve café — fine ✅", "E = mγ²", "plain"],
)
def test_text_that_is_right_stays_as_it_is(text):
    assert repair(text) == text


def test_repairing_twice_changes_nothing_more():
    once = repair(damage("✅ Pros — and 🇺🇸"))
    assert repair(once) == once


def test_damaged_runs_are_counted():
    assert count_damaged(damage("✅ Pros — and 🇺🇸🇺🇸")) == 3


def test_a_damaged_page_reads_like_a_sound_one():
    sound, damaged = reading(), read(damage(page()).encode())
    assert damaged.guide == sound.guide
    assert damaged.unplaced == []
    assert any("repaired" in remark.text for remark in damaged.derived)
    assert not any("repaired" in remark.text for remark in sound.derived)
