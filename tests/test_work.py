"""The remembered map: right, in order, only what is new, and never the worse for a broken memory."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.system.code import code_digest
from generator.system.work import Work


@dataclass(frozen=True)
class Item:
    key: str


def shout(item: Item, mark: str = "!") -> str:
    return item.key.upper() + mark


def refuse(item: Item) -> str:
    return shout(item) if item.key != "x" else str(1 // 0)


def sign(item: Item) -> tuple[str, int]:
    return item.key, os.getpid()


def sign_once(item: Item, here: int) -> tuple[str, int]:
    if os.getpid() != here and item.key == "b":
        os._exit(3)
    return sign(item)


def items(names: Sequence[str]) -> list[Item]:
    return [Item(name) for name in names]


def cached(work: Work, names: Sequence[str]) -> int:
    work.map("shout", shout, items(names))
    return work.cached["shout"]


def test_results_come_in_order_and_repeats_count(tmp_path):
    work = Work(tmp_path / "m.sqlite")
    assert work.map("shout", shout, items("bab")) == ("B!", "A!", "B!")
    work.close()


def test_only_the_last_build_is_remembered(tmp_path):
    for names, known in [("abc", 0), ("abcd", 3), ("a", 1), ("ab", 1)]:
        work = Work(tmp_path / "m.sqlite")
        assert known == cached(work, names)
        work.close()


def test_other_settings_are_other_work(tmp_path):
    work = Work(tmp_path / "m.sqlite")
    assert work.map("shout", partial(shout, mark="?"), items("a")) == ("A?",)
    assert work.map("shout", partial(shout, mark="."), items("a")) == ("A.",)
    assert work.cached["shout"] == 0
    work.close()


def test_results_at_hand_are_the_same_objects():
    work = Work(keep=True)
    first = work.map("shout", shout, items("ab"))
    again = work.map("shout", shout, items("ab"))
    assert all(one is other for one, other in zip(first, again, strict=True))
    assert work.cached["shout"] == 2


def test_a_broken_memory_is_an_empty_one(tmp_path):
    file = tmp_path / "m.sqlite"
    file.write_bytes(b"this is no database, but a text that is long enough to look like one" * 20)
    work = Work(file)
    assert work.map("shout", shout, items("a")) == ("A!",)
    work.close()


def test_a_foreign_result_is_done_again(tmp_path):
    file = tmp_path / "m.sqlite"
    work = Work(file)
    work.map("shout", shout, items("a"))
    work.close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE work SET result = x'00'")
    connection.close()
    work = Work(file)
    assert work.map("shout", shout, items("a")) == ("A!",)
    work.close()


def test_a_memory_that_cannot_be_written_is_no_memory(tmp_path):
    work = Work(tmp_path / "none" / "m.sqlite")
    assert work.map("shout", shout, items("a")) == ("A!",)
    work.close()


def test_processes_give_the_same_in_the_same_order(tmp_path):
    names = [f"n{number}" for number in range(300)]
    assert Work(jobs=2).map("shout", shout, items(names)) == Work(jobs=1).map("shout", shout, items(names))


def test_what_was_begun_is_what_the_map_gives(tmp_path):
    many = items([f"n{number}" for number in range(300)])
    work = Work(tmp_path / "m.sqlite", jobs=2)
    work.begin("shout", shout, many)
    assert work.map("shout", shout, many) == Work().map("shout", shout, many)
    assert work.cached["shout"] == 0
    work.begin("shout", shout, many)
    assert work.map("shout", partial(shout, mark="?"), many[:2]) == ("N0?", "N1?")
    work.close()


def test_a_process_beside_this_one_begins_even_the_least(tmp_path):
    for _ in range(2):
        work, wanted = Work(tmp_path / "m.sqlite", jobs=2), items("bab")
        work.begin("sign", sign, wanted, aside=True)
        (b, other), (a, same), again = work.map("sign", sign, wanted)
        assert (b, a, again) == ("b", "a", ("b", other))
        assert other == same != os.getpid()
        work.close()
    assert work.cached["sign"] == 3


def test_one_job_is_done_by_one_process():
    work, wanted = Work(jobs=1), items("a")
    work.begin("sign", sign, wanted, aside=True)
    assert work.map("sign", sign, wanted) == (("a", os.getpid()),)


def test_a_process_that_is_killed_beside_this_one_leaves_the_rest_to_it():
    work, wanted, once = Work(jobs=2), items("abc"), partial(sign_once, here=os.getpid())
    work.begin("sign", once, wanted, aside=True)
    (_, other), *rest = work.map("sign", once, wanted)
    assert other != os.getpid()
    assert rest == [("b", os.getpid()), ("c", os.getpid())]


def test_what_fails_beside_this_process_is_raised_in_it(capfd):
    work, wanted = Work(jobs=2), items("axb")
    work.begin("refuse", refuse, wanted, aside=True)
    with pytest.raises(ZeroDivisionError):
        work.map("refuse", refuse, wanted)
    assert capfd.readouterr() == ("", "")


def test_without_another_process_all_is_done_here(monkeypatch):
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    work, wanted = Work(jobs=2), items("a")
    work.begin("sign", sign, wanted, aside=True)
    assert work.map("sign", sign, wanted) == (("a", os.getpid()),)


def test_the_process_beside_this_one_does_other_things_afterwards():
    work, wanted, here = Work(jobs=2), items("a"), os.getpid()
    assert work.beside(sign, Item("b")) is None
    work.begin("sign", sign, wanted, aside=True)
    (_, other), *_ = work.map("sign", sign, wanted)
    first, second = work.beside(sign, Item("b")), work.beside(partial(sign_once, here=here), Item("b"))
    third, fourth = work.beside(sign, Item("c")), work.beside(refuse, Item("x"))
    assert first
    assert second
    assert third
    assert fourth
    assert (first(), second(), third()) == (("b", other), ("b", here), ("c", here))
    with pytest.raises(ZeroDivisionError):
        fourth()
    work.close()


def test_work_that_was_begun_ends_with_its_owner():
    work = Work(jobs=2)
    work.begin("shout", shout, items([f"n{number}" for number in range(300)]))
    work.close()
    assert not active_children()


def test_what_a_result_has_of_its_item_is_not_remembered_with_it(tmp_path):
    for known in (0, 1):
        work = Work(tmp_path / "m.sqlite", keep=True)
        whole = work.map("shout", shout, items("a"), lambda item, result: f"{result} {item.key}")
        assert whole == ("A! a",)
        assert work.cached["shout"] == known
        assert work.map("shout", shout, items("a"))[0] is whole[0]
        work.close()


def test_what_a_failed_map_did_is_remembered(tmp_path):
    work = Work(tmp_path / "m.sqlite")
    with pytest.raises(ZeroDivisionError):
        work.map("refuse", refuse, items("abx"))
    work.close()
    work = Work(tmp_path / "m.sqlite")
    assert work.map("refuse", refuse, items("ab")) == ("A!", "B!")
    assert work.cached["refuse"] == 2
    work.close()


@given(st.lists(st.lists(st.sampled_from("abcdef")), max_size=5))
def test_a_warm_map_equals_a_cold_one(tmp_path_factory, builds):
    file = tmp_path_factory.mktemp("work") / "m.sqlite"
    for names in builds:
        warm = Work(file)
        assert warm.map("shout", shout, items(names)) == Work().map("shout", shout, items(names))
        warm.close()


def test_the_code_is_part_of_every_key():
    assert len(code_digest()) == 64
    assert (Path(__file__).parents[1] / "generator" / "system" / "work.py").is_file()


def test_one_value_of_a_stage_is_kept_under_its_key(tmp_path):
    work = Work(tmp_path / "m.sqlite")
    assert work.recall("build", "a") is None
    work.keep("build", "a", ("x", 1))
    work.close()
    work = Work(tmp_path / "m.sqlite")
    assert work.recall("build", "a") == ("x", 1)
    work.keep("build", "b", 2)
    assert work.recall("build", "a") is None
    work.close()
