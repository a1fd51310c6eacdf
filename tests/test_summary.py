"""The sentences that tell a story in brief: what may be chosen, how much, from whom, in which order."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config import SummarySettings
from generator.model import Article
from generator.stories.branching import branch
from generator.stories.candidates import is_whole, stands_alone
from generator.stories.coverage import Bigram
from generator.stories.material import Material
from generator.stories.problem import MOST_OVERLAP, MOST_SHARE, Candidate, Limits, Problem, overlap
from generator.stories.programme import solve
from generator.stories.selection import EXACT_ARTICLES, select
from generator.stories.summary import summarise
from tests.builders import article
from tests.growth import assert_linear

STORM = (
    "A storm tore the roof off the covered market in Pell on Saturday night, the fire service said.",
    "Nobody was in the building when the roof of the market in Pell gave way at 11 p.m.",
    "Mayor Ines Vidal said that the market would stay closed until the end of the year.",
    "The fire service counted 140 calls across the district between nine and midnight.",
    "A new roof for the market will cost about 900,000 crowns, the town hall said.",
    "Fishing boats broke from their moorings in the harbour of Pell and ran aground.",
)
AGAIN = (
    "The roof of the covered market in Pell was torn off by a storm on Saturday night.",
    "The market would stay closed until the end of the year, Mayor Ines Vidal said.",
    "Gusts reached 140 kilometres an hour at the lighthouse, according to the weather service.",
    "Two hundred homes in the old town were without electricity on Sunday morning.",
    "The district will pay for a tent in which the traders can sell until spring, Vidal said.",
)


def report(sentences: tuple[str, ...], path: str, **front: str) -> Article:
    """Return an article with each sentence in a paragraph of its own."""
    return article("\n\n".join(sentences), path, lang="en", **front)


def told(*articles: Article, words: int = 120, sentences: int = 6) -> list[str]:
    """Return the chosen sentences in order."""
    material = Material(articles)
    places = summarise(material, SummarySettings(max_words=words, sentences=sentences))
    return [material.statements[place][at].text for place, at in places]


def alone(sentence: str, lang: str = "en") -> bool:
    """Tell whether a sentence may be published, as the first of an article."""
    return stands_alone(article(sentence, lang=lang), 0)


# ---------------------------------------------------------------- what may be chosen


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor of Pell resigned on Friday after a vote of no confidence in the council.",
        "Brent said he would return the money to the owners of the flooded houses.",
        "Both the army and the police searched the woods near Callow on Monday.",
        "No one was hurt when the crane fell onto the empty school at Binley.",
        "A woman has died after a lorry hit her bicycle in Mill Road, police said.",
        "In May the museum returned nine masks to the island, its director Ada Brent said.",
        "A café owner was fined after neighbours complained of a party that was, they said, far too loud.",
    ],
)
def test_a_sentence_that_stands_alone_may_be_chosen(sentence: str) -> None:
    assert alone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "He also revealed that the talks had been going on in secret since the spring.",
        "This letter coincided with a visit of the foreign minister to the capital city.",
        "But the council refused to pay for the new roof of the covered market in Pell.",
        "However, the council refused to pay for the new roof of the market in Pell.",
        "On the same day, Vidal visited the cemetery where the fishermen of Pell are buried.",
        "In the letter, Vidal expressed her gratitude to the fire service of the district.",
        "The statement said that the works would begin in the second week of October.",
        "A statement said that the works in Pell would begin in the second week of October.",
        "Vidal, in turn, told the council that the visit would foster a new level of trust.",
        "Following the storm, these boats were towed into the inner harbour of Pell by tugs.",
        "Asked whether the roof was safe, she said that inspectors had seen it in spring.",
        "The record she means is the turnover of 1.9 million crowns in the previous year.",
        "Police said he had gone back into the burning house to save his stamp collection.",
        "The works will begin in the second week of October after the autumn fair, she said.",
    ],
)
def test_a_sentence_that_leans_on_another_is_not_chosen(sentence: str) -> None:
    assert not alone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "“We shall rebuild the market before the winter is over,” Mayor Ines Vidal said.",
        "Mayor Ines Vidal said that the town would “rebuild the market before winter.",
        "Why did nobody in the town hall of Pell look at the roof of the market in spring?",
        "the town of Pell will rebuild the covered market before the winter is over.",
        "The town of Pell will rebuild the covered market before the winter is over",
        "The storm hit Pell on Saturday.",
    ],
)
def test_a_sentence_that_is_not_whole_is_not_chosen(sentence: str) -> None:
    assert not alone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The developments highlight the increasingly complex dynamics of trade in the region.",
        "The decision could reshape the landscape of the fishing industry in the coming years.",
        "The pact has been described as the strongest bond between the two towns since the war.",
        "Traders clear rubble from the covered market in Pell (file photo) on a rainy morning.",
    ],
)
def test_comment_and_captions_are_not_chosen(sentence: str) -> None:
    assert not alone(sentence)


def test_comment_with_a_figure_and_a_source_is_news() -> None:
    assert alone("Losses of 12 million crowns highlight the crisis of the port, the auditor Ada Brent said.")


def test_a_sentence_cut_off_behind_a_number_is_not_whole() -> None:
    assert not is_whole("91. From six on Monday all the dockers of Pell will stay at home.")
    assert is_whole("91 dockers of Pell will stay at home from six on Monday.")


def test_a_sentence_inside_a_long_quotation_is_not_chosen() -> None:
    text = "“The roof was old. Every trader in the market of Pell had seen the cracks in it. We wrote to the town.” Vidal said no more."
    held = article(text, lang="en")
    assert not any(stands_alone(held, at) for at in range(len(held.sentences)))


# ---------------------------------------------------------------- how much, from whom, in which order


def test_extracts_are_sentences_of_the_articles_word_for_word() -> None:
    chosen = told(report(STORM, "a.md"), report(AGAIN, "b.md"))
    assert chosen
    assert set(chosen) <= {*STORM, *AGAIN}


@pytest.mark.parametrize(("words", "sentences"), [(30, 6), (60, 6), (120, 2), (120, 6)])
def test_limits_are_kept(words: int, sentences: int) -> None:
    chosen = told(report(STORM, "a.md"), report(AGAIN, "b.md"), words=words, sentences=sentences)
    assert sum(len(sentence.split()) for sentence in chosen) <= words
    assert 0 < len(chosen) <= sentences


def test_no_article_gives_more_than_its_share() -> None:
    for chosen in (
        told(report(STORM, "a.md"), report(AGAIN, "b.md")),
        told(report(STORM, "a.md"), report(AGAIN[:2], "b.md")),
    ):
        words = Counter[bool]()
        for sentence in chosen:
            words[sentence in STORM] += len(sentence.split())
        assert max(words.values()) <= MOST_SHARE * words.total()
        assert max(Counter(s in STORM for s in chosen).values()) <= MOST_SHARE * len(chosen)


def test_the_lead_is_not_told_once_per_source() -> None:
    chosen = told(report(STORM, "a.md"), report(AGAIN, "b.md"))
    assert len({STORM[0], AGAIN[0]} & set(chosen)) == 1
    assert len({STORM[2], AGAIN[1]} & set(chosen)) <= 1


def test_no_two_extracts_overlap_too_much() -> None:
    material = Material((report(STORM, "a.md"), report(AGAIN, "b.md"), report(STORM[:3], "c.md")))
    places = summarise(material, SummarySettings())
    held = [material.statements[place][at].meanings for place, at in places]
    assert all(overlap(one, other) <= 0.6 for at, one in enumerate(held) for other in held[:at])


def test_reading_order_is_an_opening_then_day_and_position() -> None:
    early = report(STORM, "late-in-the-alphabet.md", date="2026-03-01")
    late = report(AGAIN, "a.md", date="2026-03-02")
    undated = report(
        (
            "The traders of Pell thanked the volunteers who swept up the glass on Sunday.",
            "Children of the school in Pell collected 3,000 crowns for the traders of the market.",
        ),
        "b.md",
    )
    chosen = told(early, late, undated, words=200)
    order = [*STORM, *AGAIN]
    assert chosen[0] in {STORM[0], AGAIN[0]}
    places = [order.index(sentence) for sentence in chosen[1:] if sentence in order]
    assert places == sorted(places)


def test_the_same_articles_give_the_same_extracts() -> None:
    articles = report(STORM, "a.md"), report(AGAIN, "b.md")
    assert told(*articles) == told(*articles)


def test_a_title_that_stands_in_the_text_is_not_chosen() -> None:
    title = STORM[0]
    assert title not in told(report(STORM, "a.md", title=title), report(AGAIN, "b.md"))


# ---------------------------------------------------------------- single reports and edges


def test_reports_of_one_sentence_are_told_by_these() -> None:
    wire = [report((text,), f"{n}.md", title=text) for n, text in enumerate((STORM[0], STORM[2], AGAIN[2]))]
    assert told(*wire) == [STORM[0], STORM[2], AGAIN[2]]


def test_a_single_report_is_told_by_its_first_sentences_that_stand_alone() -> None:
    sentences = ("He had warned them often enough of the cracks in the old roof.", *STORM)
    assert told(report(sentences, "a.md")) == [STORM[0], STORM[2], STORM[3]]  # the second repeats the first


def test_a_single_report_keeps_to_the_limits() -> None:
    assert told(report(STORM, "a.md"), words=20) == [STORM[0]]
    assert told(report(STORM, "a.md"), sentences=1) == [STORM[0]]


def test_a_report_of_short_sentences_is_told_by_one() -> None:
    assert told(article("The market in Pell burned. Nobody was hurt.", lang="en")) == [
        "The market in Pell burned."
    ]


def test_a_report_with_nothing_that_stands_alone_has_no_extract() -> None:
    assert told(article("He said so. And then? She left.", lang="en")) == []


def test_words_are_counted_in_scripts_without_spaces() -> None:
    text = "中国国家主席星期五在北京会见了来访的法国总统，双方就贸易和气候问题举行了长时间会谈。"
    assert told(article(text, lang="zh"), words=40) == [text]
    assert told(article(text, lang="zh"), words=12) == []


# ---------------------------------------------------------------- weights and selection


def weighed(articles: list[Article]) -> dict[Bigram, float]:
    """Return what the concepts of a story weigh, by their stems."""
    concepts = Material(articles).wording.concepts
    return {concepts.pair(number): weight for number, weight in concepts.weigh().items()}


def test_what_more_articles_share_weighs_more() -> None:
    articles = [report(STORM, "a.md"), report(AGAIN, "b.md")]
    weights = weighed(articles)
    assert weights["cover", "market"] > weights["fish", "boat"]
    assert weights["fish", "boat"] > 0


def test_pairs_that_one_article_of_many_holds_have_no_weight() -> None:
    articles = [report(STORM, "a.md"), *(report(AGAIN, f"{n}.md") for n in range(5))]
    assert ("fish", "boat") not in weighed(articles)


CONCEPTS = range(12)
WEIGHTS = {concept: 1.0 + concept for concept in CONCEPTS}


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    """Draw sentences of one to five articles that hold some of twelve concepts."""
    size = draw(st.integers(1, 14))
    return [
        Candidate(
            article=draw(st.integers(0, 4)),
            sentence=at,
            size=draw(st.integers(8, 30)),
            concepts=tuple(draw(st.lists(st.sampled_from(CONCEPTS), min_size=1, max_size=6, unique=True))),
            content=frozenset(draw(st.lists(st.sampled_from("abcdefghij"), max_size=6))),
            empty=draw(st.sampled_from([0.0, 0.5, 1.0])),
        )
        for at in range(size)
    ]


def problem(articles: int, seed: int) -> list[Candidate]:
    """Return a made-up story with four candidates an article."""
    rng = Random(seed)
    return [
        Candidate(
            article=article,
            sentence=at,
            size=rng.randint(8, 30),
            concepts=tuple(rng.sample(CONCEPTS, rng.randint(1, 5))),
            content=frozenset(rng.sample("abcdefghijklmnop", 6)),
        )
        for article in range(articles)
        for at in range(4)
    ]


def check(chosen: list[Candidate], offered: list[Candidate], limits: Limits) -> None:
    """Assert the rules that every selection keeps."""
    assert sum(c.size for c in chosen) <= limits.words
    assert len(chosen) <= limits.sentences
    assert bool(chosen) == any(c.size <= limits.words for c in offered)
    held = [c.content for c in chosen]
    assert all(overlap(a, b) <= MOST_OVERLAP for at, a in enumerate(held) for b in held[:at])
    if len(chosen) > 1 and len({c.article for c in offered if c.size <= limits.words}) > 1:
        shares = Counter[int]()
        for c in chosen:
            shares[c.article] += c.size
        assert max(shares.values()) <= MOST_SHARE * shares.total() + 1e-9


@settings(max_examples=40, deadline=None)
@given(drawn=candidates(), words=st.integers(8, 90), sentences=st.integers(1, 6))
def test_an_exact_selection_keeps_the_rules(drawn: list[Candidate], words: int, sentences: int) -> None:
    limits = Limits(words, sentences)
    check([drawn[at] for at in select(drawn, WEIGHTS, limits)], drawn, limits)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 999), words=st.integers(8, 90), sentences=st.integers(1, 6))
def test_a_greedy_selection_keeps_the_rules(seed: int, words: int, sentences: int) -> None:
    offered, limits = problem(EXACT_ARTICLES + 1, seed), Limits(words, sentences)
    check([offered[at] for at in select(offered, WEIGHTS, limits)], offered, limits)


def test_choosing_among_thousands_of_sentences_takes_time_that_grows_with_them() -> None:
    assert_linear(lambda text: select(problem(len(text), 1), WEIGHTS, Limits(80, 6)), "a", 250)


def test_the_greedy_way_covers_nearly_as_much_as_the_exact_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def worth() -> float:
        total = 0.0
        for seed in range(8):
            offered = problem(6, seed)
            chosen = select(offered, WEIGHTS, Limits(80, 6))
            total += sum(WEIGHTS[concept] for concept in {b for at in chosen for b in offered[at].concepts})
        return total

    exact = worth()
    monkeypatch.setattr("generator.stories.selection.EXACT_ARTICLES", 0)
    assert 0.93 * exact <= worth() <= exact + 1e-9


@settings(max_examples=60, deadline=None)
@given(drawn=candidates(), words=st.integers(8, 90), sentences=st.integers(1, 6))
def test_branching_finds_what_the_solver_finds(drawn: list[Candidate], words: int, sentences: int) -> None:
    fitting = [candidate for candidate in drawn if candidate.size <= words]
    asked = Problem(fitting, WEIGHTS, Limits(words, sentences))
    found = branch(asked, most_steps=1_000_000)
    assert found is not None
    assert asked.worth(found) == pytest.approx(asked.worth(solve(asked)), rel=1e-3)
    assert asked.is_fair(found)


def test_who_asks_for_another_solver_afterwards_gets_it() -> None:
    script = (
        "from generator.stories import problem, programme; import sys; "
        "one = problem.Candidate(0, 0, 9, (1,), frozenset('a')); "
        "limits = problem.Limits(100, 5); "
        "assert programme.solve(problem.Problem([one], {1: 1.0}, limits)) == (0,); "
        "assert 'scipy.linalg' not in sys.modules; "
        "import scipy; from scipy.optimize import linprog, minimize; "
        "assert round(linprog([-1.0], bounds=(0, 1)).x[0]) == scipy.optimize.milp([-1.0], bounds=(0, 1)).x[0] == 1; "
        "assert abs(minimize(lambda x: (x[0] - 2) ** 2, [0.0]).x[0] - 2) < 0.01; "
        "assert programme.solve(problem.Problem([one], {1: 1.0}, limits)) == (0,)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_release_whose_solver_needs_more_is_imported_whole() -> None:
    script = (
        "from generator.stories import absent, problem, programme, sparse; import sys; "
        "absent.Absent.__getattr__ = lambda self, name: (_ for _ in ()).throw(AttributeError(name)); "
        "one = problem.Candidate(0, 0, 9, (1,), frozenset('a')); "
        "assert programme.solve(problem.Problem([one], {1: 1.0}, problem.Limits(100, 5))) == (0,); "
        "assert 'scipy.linalg' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_branching_gives_up_where_the_solver_is_faster() -> None:
    offered = [candidate for seed in range(12) for candidate in problem(8, seed)]
    assert branch(Problem(offered, WEIGHTS, Limits(300, 20))) is None
