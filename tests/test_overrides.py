"""The editor's word in ``stories.toml``."""

import pytest

from generator.errors import ConfigError
from generator.stories.overrides import Overrides, Reference, check_overrides, parse_overrides
from tests.stories import corpus

FULL = """\
pin = ["aurelia0.md"]
hide = ["bank.md"]
[[merge]]
articles = ["aurelia1.md", "bank.md"]
[[split]]
article = "solveig0.md"
[[split]]
articles = ["aurelia0.md", "solveig1.md"]
[[retitle]]
story = "aurelia0.md"
title = "Aground off Port Arden"
[[thread]]
title = "Ferries"
stories = ["aurelia0.md", "solveig1.md"]
"""


def problems(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        check_overrides(parse_overrides(text, "stories.toml"), corpus())
    return [str(problem) for problem in caught.value.problems]


def test_every_kind_of_override_is_read_with_its_lines():
    overrides = parse_overrides(FULL, "stories.toml")
    check_overrides(overrides, corpus())
    assert overrides.pins == (Reference("aurelia0.md", 1),)
    assert [ref.name for ref in overrides.hides] == ["bank.md"]
    assert [[ref.name for ref in group] for group in overrides.merges] == [["aurelia1.md", "bank.md"]]
    assert [ref.name for ref in overrides.alone] == ["solveig0.md"]
    assert [[ref.name for ref in group] for group in overrides.apart] == [["aurelia0.md", "solveig1.md"]]
    assert [title for _, title in overrides.titles] == ["Aground off Port Arden"]
    assert [title for title, _ in overrides.threads] == ["Ferries"]


def test_an_empty_file_decides_nothing():
    assert parse_overrides("", "stories.toml") == Overrides(path="stories.toml")


def test_an_article_may_be_named_by_its_id():
    id_ = corpus()[0].id
    check_overrides(parse_overrides(f'pin = ["{id_}"]', "stories.toml"), corpus())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'pin = ["aurelia9.md"]',
            "stories.toml:1: no such article: aurelia9.md\n  hint: did you mean “aurelia2.md”?",
        ),
        (
            '\n[[split]]\narticle = "bonk.md"',
            "stories.toml:3: no such article: bonk.md\n  hint: did you mean “bank.md”?",
        ),
        ("pim = []", "stories.toml:1: unknown override: pim\n  hint: did you mean “pin”?"),
        (
            "[[merge]]\narticle = 1",
            "stories.toml:2: unknown key: merge.article\n  hint: did you mean “articles”?",
        ),
        (
            '[merge]\narticles = ["a", "b"]',
            "stories.toml:1: merge is a list of tables\n  hint: write [[merge]] above its lines",
        ),
        ("pin = 3", "stories.toml:1: pin must be a list of strings"),
        (
            "[[retitle]]\nstory = 1\ntitle = 'x'",
            "stories.toml:2: retitle.story must be words in quotation marks",
        ),
        ("pin = [", "stories.toml: invalid value\n  hint: overrides are TOML: key = value"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_a_hint(text, expected):
    assert expected in problems(text)


def test_a_merge_of_one_is_a_mistake():
    assert any(
        "merge.articles names two or more" in one for one in problems('[[merge]]\narticles = ["bank.md"]')
    )


def test_an_article_is_not_both_merged_and_split():
    text = '[[merge]]\narticles = ["bank.md", "aurelia0.md"]\n[[split]]\narticle = "bank.md"'
    assert "stories.toml:4: both merged and split: bank.md" in problems(text)[0]


def test_all_mistakes_are_named_at_once():
    assert len(problems('pin = ["x.md", "y.md"]\nhide = ["z.md"]')) == 3
