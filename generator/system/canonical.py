"""Make a Pagefind index the same for the same pages.

Pagefind (1.4 and 1.5) numbers pages in the order in which the file system lists them, which differs from one to
the other, lays the values of a filter and the list of filters in the order of a hash table, which differs from run to
run, and names files by what they hold. Here pages are numbered by what they hold, those lists are sorted, and the
files that change by it are named anew. Format: gzip over a mark and CBOR (RFC 8949); see ``pagefind_web`` of
Pagefind's source.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from hashlib import sha256
from operator import itemgetter
from typing import Any

import cbor2

_MARK = b"pagefind_dcd"
_CHANGING = (".pf_index", ".pf_filter", ".pf_meta")
_NUMBER = itemgetter(0)
_LEVEL = 6
"""Of compression: 9 takes four times as long for two per cent."""
_PAGES, _CHUNKS, _FILTERS, _SORTS = 1, 2, 3, 4
"""Places in an index's record: pages by number, as file and words; parts of the index, as first word, last word and
file; filters, as name and file; orders of pages, as name and numbers."""
_SYSTEM = 9
"""Place of the byte that names the system (RFC 1952, 2.3.1): unknown, for versions of Python write different ones."""


def canonical(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of an index, by path below its folder, in their canonical form."""
    entry = json.loads(files["pagefind-entry.json"])
    done = {path: data for path, data in files.items() if not path.endswith(_CHANGING)}
    for language in entry["languages"].values():
        record = _opened(files[f"pagefind.{language['hash']}.pf_meta"])
        ordered = sorted(zip(record[_PAGES], range(len(record[_PAGES])), strict=True))
        record[_PAGES] = [page for page, _ in ordered]
        numbers = {old: number for number, (_, old) in enumerate(ordered)}
        for chunk in record[_CHUNKS]:
            words = _opened(files[f"index/{chunk[2]}.pf_index"])
            _renumber(words, numbers)
            chunk[2] = _add(done, "index", chunk[2], words)
        for pair in record[_FILTERS]:
            values = _opened(files[f"filter/{pair[1]}.pf_filter"])
            values[1] = sorted([value, sorted(map(numbers.__getitem__, pages))] for value, pages in values[1])
            pair[1] = _add(done, "filter", pair[1], values)
        for order in record[_SORTS]:
            order[1] = list(map(numbers.__getitem__, order[1]))
        record[_FILTERS].sort()
        record[_SORTS].sort()
        data = _closed(record)
        language["hash"] = _named(language["hash"], data, 10)
        done[f"pagefind.{language['hash']}.pf_meta"] = data
    done["pagefind-entry.json"] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return done


def _renumber(words: Any, numbers: Mapping[int, int]) -> None:
    """Give new numbers to the pages of each word and of its other forms: each is told by its distance from the one before."""
    for word in words[0]:
        for _, pages in (word[:2], *(form for forms in word[2:] for form in forms)):
            at = 0
            for page in pages:
                at += page[0]
                page[0] = numbers[at]
            pages.sort(key=_NUMBER)
            at = 0
            for page in pages:
                page[0], at = page[0] - at, page[0]


def _add(done: dict[str, bytes], kind: str, name: str, record: Any) -> str:
    """Add a part of the index or a filter; return its name."""
    data = _closed(record)
    named = _named(name, data, 7)
    done[f"{kind}/{named}.pf_{kind}"] = data
    return named


def _opened(data: bytes) -> Any:
    """Return the record that a file holds."""
    return cbor2.loads(gzip.decompress(data).removeprefix(_MARK))


def _closed(record: Any) -> bytes:
    """Return a record as a file."""
    data = gzip.compress(_MARK + cbor2.dumps(record), _LEVEL, mtime=0)
    return data[:_SYSTEM] + b"\xff" + data[_SYSTEM + 1 :]


def _named(name: str, data: bytes, length: int) -> str:
    """Return a name of the same language, made of what the file holds."""
    return f"{name.partition('_')[0]}_{sha256(data).hexdigest()[:length]}"
