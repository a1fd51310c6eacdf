"""The digest: front-page order, editions, people over all stories."""

from __future__ import annotations

import datetime as dt
from random import Random

from generator.config import SummarySettings
from generator.model import Article, Group, Story
from generator.stories.digest import edit_digest
from generator.stories.people import Voices, find_people
from generator.stories.telling import tell_story
from tests.builders import article
from tests.test_claims import ECHO, HERALD, POST

LUNDE = "A crane fell onto the customs house of Lunde at noon. “It made a noise like thunder,” said Dana Wolf, a clerk."


def tell(*articles: Article, pinned: bool = False) -> Story:
    return tell_story(Group(articles, pinned=pinned), SummarySettings())


def at(day: str, text: str, path: str, outlet: str = "") -> Article:
    return article(text, path, lang="en", outlet=outlet or path, **({"date": day} if day else {}))


BIG = tell(at("2026-03-01", POST, "a.md"), at("2026-03-02", HERALD, "b.md"), at("2026-03-03", ECHO, "c.md"))
TWO = tell(at("2026-03-02", POST, "d.md"), at("2026-03-02", HERALD, "e.md"))
COPIES = tell(*(at("2026-03-03", f"{POST}\n\n{ECHO}", f"f{n}.md") for n in range(4)))
NEW = tell(at("2026-03-03", LUNDE, "g.md"))
OLD = tell(at("2026-02-20", LUNDE.replace("Lunde", "Callow"), "h.md"))
UNDATED = tell(at("", LUNDE.replace("Lunde", "Neth"), "i.md"))
ALL = (BIG, TWO, COPIES, NEW, OLD, UNDATED)


def articles(stories: tuple[Story, ...]) -> list[Article]:
    return [a for story in stories for a in story.articles]


def test_stories_stand_by_origins_articles_and_recency() -> None:
    assert edit_digest(articles(ALL), ALL).stories == (BIG, TWO, COPIES, NEW, OLD, UNDATED)


def test_a_pinned_story_leads() -> None:
    pinned = tell(*OLD.articles, pinned=True)
    assert edit_digest([], (BIG, pinned)).stories == (pinned, BIG)


def test_the_order_of_what_is_given_changes_nothing() -> None:
    expected = edit_digest(articles(ALL), ALL)
    for seed in range(5):
        shuffled = list(ALL)
        Random(seed).shuffle(shuffled)
        held = articles(tuple(shuffled))
        assert edit_digest(held, shuffled) == expected


def test_the_edition_is_the_latest_day_and_the_dated_day_before() -> None:
    edition = edit_digest(articles(ALL), ALL).edition
    assert (edition.day, edition.previous) == (dt.date(2026, 3, 3), dt.date(2026, 3, 2))
    assert edition.new_stories == (COPIES.id, NEW.id)
    assert edition.grown_stories == (BIG.id,)


def test_new_facts_are_what_only_the_new_articles_report() -> None:
    ((id_, facts),) = edit_digest(articles(ALL), ALL).edition.new_facts
    newest = BIG.articles[2]
    assert id_ == BIG.id
    assert {fact.article for fact in facts} == {newest.id}
    words = " ".join(newest.shown(fact.span) for fact in facts)
    assert "55 million crowns" in words
    assert "12 million crowns" not in words


def test_nothing_is_new_when_nothing_is_dated() -> None:
    edition = edit_digest(UNDATED.articles, (UNDATED,)).edition
    assert (edition.day, edition.previous, edition.new_stories) == (None, None, ())


def test_an_empty_digest_is_a_digest() -> None:
    digest = edit_digest([], [])
    assert (digest.stories, digest.people, digest.edition.day) == ((), (), None)


def test_people_are_found_over_all_stories() -> None:
    people = {person.name: person for person in edit_digest(articles(ALL), ALL).people}
    said = people["Dana Wolf"]
    assert said.slug == "dana-wolf"
    assert [u.story for u in said.utterances] == [OLD.id, NEW.id, UNDATED.id]


def test_people_stay_the_very_same_until_somebody_is_quoted_otherwise() -> None:
    voices = Voices()
    first = find_people(ALL, voices)
    later = tell(at("2026-03-03", LUNDE, "g.md"), pinned=True)
    assert later != NEW
    assert find_people((BIG, TWO, COPIES, later, OLD, UNDATED), voices) is first
    for stories in (
        (later, OLD),
        (OLD,),
        (OLD, tell(at("2026-03-04", LUNDE.replace("Dana", "Ana"), "j.md"))),
        (),
    ):
        assert find_people(stories, voices) == find_people(stories) != first


def test_spellings_of_one_name_are_one_person() -> None:
    one = "The border stays shut. “Nobody will pass while I live,” said leader Kim Jong Un in Karsovin."
    two = "The school reopened. “Children are the future of the people,” said leader Kim Jong-un in Neth."
    stories = tell(at("", one, "x.md")), tell(at("", two, "y.md"))
    (person,) = edit_digest([], stories).people
    assert len(person.utterances) == 2


def test_agencies_and_crowds_are_no_people() -> None:
    text = "The border stays shut. “Nobody will pass before winter,” the ministry said. “It is closed for good,” Reuters reported."
    assert edit_digest([], [tell(at("", text, "x.md"))]).people == ()
