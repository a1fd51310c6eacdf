"""Pages that are laid one by one: what stands as it was left is not made again, and all equals what is made anew."""

from __future__ import annotations

import os
import subprocess
import sys
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build import publish, published
from generator.config import Config
from generator.errors import Problem, SiteError
from generator.model import Digest, Note, Page
from generator.publishing.edition import Edition
from generator.publishing.render import render_pages
from generator.publishing.seals import Seals
from generator.publishing.verify import verify
from generator.system.laps import Laps
from generator.system.output import MANIFEST, Written
from generator.system.search import Indexed, Laid, Searchable, index_pages
from generator.system.work import Work
from tests import digests, sites
from tests.builders import write_files
from tests.test_drafts import CONFIG, NUMBERS, changed, told


class Folder:
    """A site, what was remembered of it, and which pages were laid last."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.rows: dict[str, object] = {}
        self.laid: dict[str, bytes] = {}
        self.kept: set[str] = set()

    def put(self, page: Page, digest: bytes) -> None:
        assert digest == sha256(page.data).digest()
        assert page.path not in self.laid.keys() | self.kept
        self.laid[page.path] = page.data

    def stands(self, note: Note) -> bool:
        return sha256(self.pages.get(note.path, b"")).digest() == note.digest

    def took(self, note: Note) -> None:
        raise AssertionError(note)

    def keep(self, note: Note) -> None:
        assert note.path not in self.laid.keys() | self.kept
        self.kept.add(note.path)

    def recall(self, keys: Sequence[str]) -> Mapping[str, object]:
        return {key: self.rows[key] for key in keys if key in self.rows}

    def add(self, rows: Mapping[str, object]) -> None:
        self.rows.update(rows)

    def build(self, digest: Digest, config: Config = CONFIG, code: str = "") -> tuple[Page, ...]:
        """Lay an edition; return the site, by path."""
        self.laid, self.kept = {}, set()
        edition = Edition(digest, config, self, code)
        edition.lay(self)
        edition.judge(self.laid.__getitem__)
        assert edition.notes.keys() == self.laid.keys() | self.kept
        self.rows = {key: self.rows[key] for key in edition.keys}
        self.pages = self.laid | {path: self.pages[path] for path in self.kept}
        return tuple(Page(path, data) for path, data in sorted(self.pages.items()))


CONFIGS = st.sampled_from([CONFIG, sites.config(), sites.config("https://brief.example/", accent="#aa0000")])
DAYS = st.tuples(
    st.dictionaries(st.integers(0, 5), st.sampled_from(["Quay burns", "Ferries stop"]), max_size=2),
    NUMBERS,
    NUMBERS,
    CONFIGS,
    st.integers(0, 10_000),
)


@settings(max_examples=4)
@given(st.lists(DAYS, min_size=2, max_size=3))
def test_what_is_laid_equals_what_is_made_anew(days):
    folder = Folder()
    for headlines, hidden, gone, config, spoilt in days:
        digest = changed(digests.harbour(), headlines, hidden, gone)
        assert folder.build(digest, config) == render_pages(digest, config)
        folder.pages[sorted(folder.pages)[spoilt % len(folder.pages)]] = b"not ours"


def test_only_what_is_other_is_laid():
    folder = Folder()
    first, digest = (changed(digests.harbour(), titles, set(), set()) for titles in ({}, {0: "Quay burns"}))
    folder.build(first)
    folder.build(first)
    assert not any(path.startswith(("stories/", "articles/", "people/")) for path in folder.laid)
    folder.build(digest)
    assert any(digest.stories[0].id in path for path in folder.laid)
    assert not any(digest.stories[-1].id in path for path in folder.laid)


def test_another_code_remembers_nothing():
    folder = Folder()
    folder.build(digests.harbour())
    folder.build(digests.harbour(), code="other")
    assert folder.kept == set()


def test_templates_that_were_compiled_are_those_of_the_same_files_and_settings(tmp_path):
    folder, digest, own = Folder(), digests.harbour(), tmp_path / "404.html"
    for text, language in [("Ebb", "en"), ("Low", "en"), ("Low", "de")]:
        own.write_text(f'{text} {{{{ t("nav.about") }}}}', encoding="utf-8")
        config = sites.config(templates=tmp_path, language=language)
        for _ in range(2):
            assert folder.build(digest, config) == render_pages(digest, config)


def test_a_template_is_compiled_once(monkeypatch):
    folder, digest = Folder(), digests.harbour()
    site = folder.build(digest)
    folder.pages = dict.fromkeys(folder.pages, b"not ours")
    monkeypatch.setattr("jinja2.Environment.compile", None)
    assert folder.build(digest) == site


def test_a_page_is_read_again_when_an_article_that_it_cites_is_other():
    folder, digest = Folder(), told(digests.harbour().stories, digests.harbour())
    folder.build(digest)
    story = digest.stories[0]
    first, *others = story.articles
    other = replace(story, articles=(replace(first, digest="other bytes"), *others))
    folder.build(told(tuple(other if one is story else one for one in digest.stories), digest))
    cited = f'data-cite="{first.id}:'.encode()
    assert any(cited in data for data in folder.laid.values())
    assert not [path for path in folder.kept if cited in folder.pages[path]]


@pytest.mark.parametrize("fault", ["words", "page", "place", "missing"])
def test_the_gate_finds_what_the_verifier_finds(fault, monkeypatch):
    story, about = sites.KINDS["story"], sites.KINDS["about"]
    old, new, where = {
        "words": (b"harbour", b"hxrbour", story),
        "page": (b'href="../index.html"', b'href="../nowhere.html"', about),
        "place": (b' id="s1"', b"", "articles/"),
        "missing": (b"data-cite", b"x", story),
    }[fault]
    pages = [
        Page(page.path, page.data.replace(old, new)) if page.path.startswith(where) else page
        for page in sites.pages()
    ]
    monkeypatch.setattr("generator.publishing.edition.MAKERS", {"all": lambda *_: pages})
    monkeypatch.setattr("generator.publishing.edition.sitemap", lambda *_: ())
    monkeypatch.setattr("generator.publishing.press.read_assets", lambda *_: {})
    monkeypatch.setattr(
        "generator.publishing.press.Press.__init__",
        lambda self, *_: self.__dict__.update(pages=(), compiled={}),
    )
    with pytest.raises(SiteError) as whole:
        verify(pages, digests.harbour())
    with pytest.raises(SiteError) as one_by_one:
        Folder().build(digests.harbour(), sites.config())
    assert set(whole.value.problems) == set(one_by_one.value.problems)


def test_what_was_found_wrong_is_found_again(monkeypatch):
    """The pages of a story that stand as they were are not read again: nothing of them may have been wrong."""
    folder, digest = Folder(), digests.harbour()
    folder.build(digest)
    monkeypatch.setattr(
        "generator.publishing.gate.Proof.missing",
        lambda _proof, stories, _seen: (Problem(path, 0, "missing", "") for path, _ in stories),
    )
    for _ in range(2):
        with pytest.raises(SiteError, match="missing"):
            folder.build(digest, code="other")


def test_seals_are_the_same_in_every_process_and_of_equal_values():
    code = (
        "from generator.publishing.seals import Seals\nfrom tests import digests\n"
        "print(Seals().of(digests.harbour().stories, digests.harbour().people).hex())"
    )
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
        )
        digest = digests.harbour()
        assert done.stdout.strip() == Seals().of(digest.stories, digest.people).hex()
    seals, story = Seals(), digests.fire()
    assert seals.of(story) == seals.of(replace(story)) == Seals().of(story)
    for other in (replace(story, hidden=True), replace(story, articles=story.articles[:1]), (story,)):
        assert seals.of(other) != seals.of(story)


def shared(tmp_path: Path, own: str = "") -> tuple[Written, dict[str, bytes]]:
    """Publish the harbour with the help of two processes; return what changed and the files of the site."""
    write_files(tmp_path, {"templates/outlet.html": own} if own else {})
    config = replace(
        sites.config(search=False, templates=tmp_path / "templates" if own else None),
        output=tmp_path / "site",
    )
    _, written = publish(digests.harbour(), config, Work(jobs=2), Laps())
    found = {path.relative_to(config.output).as_posix(): path for path in config.output.rglob("*")}
    files = {name: path.read_bytes() for name, path in found.items() if path.is_file() and name != MANIFEST}
    return written, files


def test_pages_of_other_processes_are_those_of_one(tmp_path, monkeypatch):
    monkeypatch.setattr("generator.publishing.edition._SPREAD_FROM", 0)
    written, files = shared(tmp_path)
    assert files == {
        page.path: page.data for page in render_pages(digests.harbour(), sites.config(search=False))
    }
    assert set(written.changed) == files.keys()
    (tmp_path / "site/404.html").write_bytes(b"not ours")
    assert shared(tmp_path) == (Written(("404.html",), ()), files)
    with pytest.raises(SiteError, match="a citation of no known article"):
        shared(tmp_path, '<!doctype html><p data-cite="abc:1-2">never said</p>')


@pytest.mark.parametrize("own", ["", '<html lang="en"><main data-pagefind-body>Signal towers</main></html>'])
def test_the_index_is_begun_early_and_has_what_a_template_marks(tmp_path, monkeypatch, own):
    begun: list[object] = []

    def index(wanted: Laid | Searchable, last: Indexed | None) -> Indexed:
        begun.append(wanted)
        return index_pages(wanted, last)

    monkeypatch.setattr("generator.build.index_pages", index)
    write_files(tmp_path, {"templates/day.html": own} if own else {})
    config = replace(
        sites.config(templates=tmp_path / "templates" if own else None), output=tmp_path / "site"
    )
    publish(digests.harbour(), config, Work(), Laps())
    assert len(begun) == (2 if own else 1)
    wanted = published(digests.harbour(), config, Work())
    assert any(page.path.startswith("pagefind/fragment/") for page in wanted)
    for page in wanted:
        assert (config.output / page.path).read_bytes() == page.data


def test_what_pages_are_made_of_is_let_go_of_before_the_index_is_brought_in(tmp_path, monkeypatch):
    made: list[weakref.ref[Edition]] = []

    def edition(*given: Any) -> Edition:
        one = Edition(*given)
        made.append(weakref.ref(one))
        return one

    def held(stage: str, value: Any) -> Any:
        alive[stage] = made[0]() is not None
        return value

    alive: dict[str, bool] = {}
    monkeypatch.setattr("generator.build.Edition", edition)
    publish(digests.harbour(), replace(sites.config(), output=tmp_path / "site"), Work(), held)  # type: ignore[arg-type] # as laps are called
    assert alive == {"render": True, "verify": False, "index": False, "write": False}
