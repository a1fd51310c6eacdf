"""The index of a preview follows its pages without being waited for."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from generator.errors import SiteError
from generator.model import Page
from generator.system import finder as module
from generator.system.finder import Finder
from generator.system.search import Indexed, Searchable, searchable
from generator.system.shelf import Shelf


def pages(word: str) -> tuple[Page, ...]:
    return (Page("a/index.html", f"<html lang=en><body><main data-pagefind-body>{word}</main>".encode()),)


def named(wanted: Searchable) -> Page:
    """Return what stands for an index of these pages."""
    ((_, digest),) = wanted.digests.items()
    return Page(f"pagefind/{digest.hex()}", b"x")


@pytest.fixture
def finder():
    made = Finder(quiet_s=0.0)
    yield made
    made.close()


def test_the_folder_holds_the_index_of_the_latest_pages(tmp_path, finder, monkeypatch):
    monkeypatch.setattr(module, "index_pages", lambda wanted, *_: Indexed(wanted.digests, (named(wanted),)))
    shelf, folder = Shelf(), tmp_path / "site"
    for word in ("storm", "flood"):
        shelf.write(pages(word), folder)
        finder.follow(pages(word), lambda index: shelf.put_aside(index, folder))
        finder.wait()
        (index,) = (folder / "pagefind").iterdir()
        assert f"pagefind/{index.name}" == named(searchable(pages(word))).path
    shelf.put_aside((), folder)
    assert not (folder / "pagefind").exists()


def test_a_failure_is_told_at_the_next_build(finder, monkeypatch):
    def fails(*_: object) -> None:
        raise SiteError([])

    monkeypatch.setattr(module, "index_pages", fails)
    finder.follow(pages("storm"), lambda _: None)
    finder.wait()
    with pytest.raises(SiteError):
        finder.follow(pages("storm"), lambda _: None)


def test_pages_that_others_follow_at_once_are_not_indexed(finder, monkeypatch):
    made: list[Searchable] = []

    def index(wanted: Searchable, *_: object) -> Indexed:
        made.append(wanted)
        return Indexed(wanted.digests, ())

    monkeypatch.setattr(module, "index_pages", index)
    finder.quiet_s = 600.0
    for word in ("storm", "flood"):
        finder.follow(pages(word), lambda _: None)
    finder.quiet_s = 0.0
    finder.follow(pages("frost"), lambda _: None)
    finder.wait()
    assert searchable(pages("storm")) not in made
    assert made[-1] == searchable(pages("frost"))


def test_what_is_left_off_for_a_build_is_begun_anew_and_no_fault(finder, monkeypatch):
    begun, ended = threading.Semaphore(0), threading.Event()
    given: list[tuple[Page, ...]] = []

    class Program:
        terminate = staticmethod(ended.set)

    def index(wanted: Searchable, _: object, started: Callable[[object], None]) -> Indexed:
        started(Program())
        begun.release()
        if not ended.is_set():
            assert ended.wait(20)
            raise SiteError([])
        return Indexed(wanted.digests, (Page("pagefind/x", b""),))

    monkeypatch.setattr(module, "index_pages", index)
    finder.leave_off()  # there is nothing to leave
    finder.follow(pages("storm"), given.append)
    assert begun.acquire(timeout=20)
    finder.leave_off()
    finder.wait()
    assert given == [(Page("pagefind/x", b""),)]
    finder.follow(pages("storm"), given.append)  # raises nothing


def test_an_indexer_at_work_is_ended(tmp_path):
    made = Finder(quiet_s=0.0)
    given: list[tuple[Page, ...]] = []
    many = [Page(f"{n}/index.html", pages(f"storm {n}")[0].data) for n in range(300)]
    made.follow(many, given.append)
    made.close()
    assert len(given) <= 1
