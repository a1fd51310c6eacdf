"""Stories of one long-running matter."""

from collections.abc import Sequence

from generator.config import GroupSettings
from generator.model import Article, Headline, Moment, Story, Thread
from generator.stories.overrides import parse_overrides
from generator.stories.threads import find_threads
from generator.stories.vectors import vectorise
from tests.builders import article
from tests.stories import BANK, FERRY

VISIT = (
    "Governor Ines Havel of Lorvia visited Premier Otto Brandeis in Kessel, the government of Lorvia said."
)
LETTER = "In a letter Premier Otto Brandeis thanked Governor Ines Havel of Lorvia for the visit to Kessel."
PACT = "Lorvia and Kessel signed a customs pact, Governor Ines Havel said beside Premier Otto Brandeis."


def story(*articles: Article) -> Story:
    dates: list[Moment] = sorted(a.meta.date for a in articles if a.meta.date)
    first, last = (dates[0], dates[-1]) if dates else (None, None)
    headline = Headline(articles[0].path, articles[0].id, "headline")
    return Story(id=articles[0].id, articles=articles, headline=headline, first=first, last=last)


def threads(
    stories: Sequence[Story], overrides: str = "", options: GroupSettings | None = None
) -> tuple[Thread, ...]:
    articles = [article for story in stories for article in story.articles]
    word = parse_overrides(overrides, "stories.toml")
    return find_threads(stories, vectorise(articles), options or GroupSettings(), word)


def matter() -> list[Story]:
    return [
        story(article(PACT, "pact.md")),
        story(article(LETTER, "letter.md", date="2025-08-15"), article(LETTER + " It was short.", "more.md")),
        story(article(VISIT, "visit.md", date="2024-06-19")),
        story(article(FERRY[0], "ferry.md", date="2025-01-01")),
    ]


def test_stories_of_the_same_people_make_a_thread_in_order_of_time():
    stories = matter()
    (thread,) = threads(stories)
    by_id = {story.id: story.articles[0].path for story in stories}
    assert [by_id[id_] for id_ in thread.stories] == ["visit.md", "letter.md", "pact.md"]
    assert thread.id == thread.stories[0]
    assert thread.title == "letter.md"


def test_the_order_of_stories_changes_nothing():
    assert threads(matter()) == threads(matter()[::-1])


def test_mean_rows_are_made_some_at_a_time(monkeypatch):
    found = threads(matter())
    monkeypatch.setattr("generator.stories.threads._AT_ONCE", 1)
    assert threads(matter()) == found


def test_a_single_story_makes_no_thread():
    assert threads([story(article(BANK))]) == ()
    assert threads([]) == ()


def test_a_thread_can_be_forced_and_named():
    override = '[[thread]]\ntitle = "Odd pair"\nstories = ["ferry.md", "visit.md"]'
    (thread,) = (one for one in threads(matter(), override) if one.title == "Odd pair")
    assert {"ferry.md", "visit.md"} <= {
        story.articles[0].path for story in matter() if story.id in thread.stories
    }


def test_a_higher_threshold_makes_shorter_threads():
    assert threads(matter(), options=GroupSettings(thread_threshold=1.0)) == ()
