"""One article stored twice: folded where both address and text are the same."""

from __future__ import annotations

from generator.stories.duplicates import Marks, fold_duplicates
from tests.builders import article

TEXT = "The ferry to Norvik stopped at noon on Friday. Nobody was hurt."


def test_the_same_text_from_the_same_address_is_folded_however_it_was_tracked():
    first = article(TEXT, "a.md", url="https://courier.example/ferry")
    again = article(f"{TEXT}\n", "b.md", url="https://www.courier.example/ferry/?utm_source=mail")
    kept, folded = fold_duplicates([first, again])
    assert kept == (first,)
    assert [(one.path, "a.md" in one.message) for one in folded] == [("b.md", True)]


def test_what_has_another_address_or_another_text_or_none_stays():
    some = [
        article(TEXT, "a.md", url="https://courier.example/ferry"),
        article(TEXT, "b.md", url="https://herald.example/ferry"),
        article(f"{TEXT} Two were late.", "c.md", url="https://courier.example/ferry"),
        article(TEXT, "d.md"),
        article(TEXT, "e.md"),
    ]
    assert fold_duplicates(some) == (tuple(some), ())


def test_what_is_known_of_the_last_build_changes_nothing():
    known = Marks()
    first, other = (article(TEXT, f"{name}.md", url="https://courier.example/ferry") for name in "ab")
    late = article(f"{TEXT} Two were late.", "b.md", url="https://courier.example/ferry")
    for some, count in (([first], 1), ([first, other], 1), ([first, late], 2), ([first, other], 1)):
        kept, _ = fold_duplicates(some, known)
        assert (len(kept), kept) == (count, fold_duplicates(some)[0])
