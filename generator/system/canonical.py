"""Indexes of Pagefind's in a canonical form, which is the same for the same pages, whether they were indexed together or not.

Pagefind (1.4 and 1.5) numbers pages in the order in which the file system lists them, which differs from one to
the other, lays languages, the values of a filter and the list of filters in the order of a hash table, which differs from run to
run, and names files by what they hold. Here pages are numbered by their addresses, words are divided anew into files of
some size, lists are sorted, and the files that change by it are named anew. What stands in an index of one page hangs on
that page alone, so that pages can be taken out of it, and those of another one in. Format: gzip over a mark and CBOR
(RFC 8949); see ``pagefind_web`` of Pagefind's source.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from hashlib import sha256
from heapq import merge
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

import cbor2

_MARK = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"
_OF_PAGES = (".pf_index", ".pf_filter", ".pf_meta", ".pf_fragment", _ENTRY)
"""How the names of files end that hang on the pages."""
_FIRST = itemgetter(0)
_LEVEL = 6
"""Of compression: 9 takes four times as long for two per cent."""
_PAGES, _CHUNKS, _FILTERS, _SORTS, _REST = 1, 2, 3, 4, 5
"""Places in an index's record: pages by number, as file and words; parts of the index, as first word, last word and
file; filters, as name and file; orders of pages, as name and numbers; what is asked for beside the text."""
_CHUNK = 20_000
"""Places of words from which a part of the index is full: about as many as Pagefind lets it have."""
_SHORT, _LONG = 7, 10
"""Characters of the digests in names."""
_SYSTEM = 9
"""Place of the byte that names the system (RFC 1952, 2.3.1): unknown, for versions of Python write different ones."""

Files: TypeAlias = Mapping[str, bytes]
"""By path below the folder of the index."""
Numbers: TypeAlias = Mapping[int, int]


class Index(NamedTuple):
    """An index, or what is wanted of it."""

    files: Files
    gone: AbstractSet[str] = frozenset()
    """Addresses of the pages that are left out."""


class UnlikeError(ValueError):
    """Indexes do not fit together, or it is not sure that they do."""


def canonical(*indexes: Index) -> dict[str, bytes]:
    """Return the files of one index of the pages of all of these, in their canonical form.

    Raises UnlikeError where several cannot be one: of other versions, languages or ways of indexing.
    """
    entries = [json.loads(index.files[_ENTRY]) for index in indexes]
    languages = [entry.pop("languages") for entry in entries]
    static = [
        {path: data for path, data in index.files.items() if not path.endswith(_OF_PAGES)}
        for index in indexes
    ]
    _agree(entries)
    if any(one.items() - static[0].items() for one in static) or any(
        one.keys() - languages[0].keys() for one in languages
    ):
        raise UnlikeError
    done = static[0]
    for name, language in sorted(languages[0].items()):
        some = [
            _Pages(index, of[name]["hash"])
            for index, of in zip(indexes, languages, strict=True)
            if name in of
        ]
        language["hash"], language["page_count"] = _woven(some, language["hash"].partition("_")[0], done)
    entry = {**entries[0], "languages": dict(sorted(languages[0].items()))}
    done[_ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return done


class _Pages:
    """The pages of one language in an index."""

    def __init__(self, index: Index, name: str) -> None:
        self._files = index.files
        self.record = _opened(index.files[f"pagefind.{name}.pf_meta"])
        fragments = [f"fragment/{file}.pf_fragment" for file, _ in self.record[_PAGES]]
        addresses = [_address(index.files[fragment]) for fragment in fragments]
        self.rows = [
            (address, fragment, index.files[fragment], page, old)
            for old, (address, fragment, page) in enumerate(
                zip(addresses, fragments, self.record[_PAGES], strict=True)
            )
            if address not in index.gone
        ]
        """Of each page its address, the file of its text, what that holds, how the record tells of it, and its number."""

    def words(self, numbers: Numbers) -> Iterator[list[Any]]:
        """Yield each word, the pages that hold it, and its other forms with theirs, by new numbers."""
        for chunk in sorted(self.record[_CHUNKS]):
            for word, pages, *more in _opened(self._files[f"index/{chunk[2]}.pf_index"])[0]:
                own = _renumbered(pages, numbers)
                forms = [[form, kept] for form, its in chain(*more) if (kept := _renumbered(its, numbers))]
                if own or forms:
                    yield [word, own, forms]

    def filters(self, numbers: Numbers) -> Iterator[tuple[str, str, list[int]]]:
        """Yield name and value of each filter with its pages, by new numbers."""
        for _, file in self.record[_FILTERS]:
            name, values = _opened(self._files[f"filter/{file}.pf_filter"])
            for value, pages in values:
                yield name, value, [numbers[page] for page in pages if page in numbers]


def _woven(some: Sequence[_Pages], lang: str, done: dict[str, bytes]) -> tuple[str, int]:
    """Add the files of all pages of a language; return what their record is called, and how many they are."""
    first = some[0].record
    rows = sorted((*row, at) for at, one in enumerate(some) for row in one.rows)
    files = {fragment: data for _, fragment, data, *_ in rows}
    if len(some) > 1 or len(rows) < len(first[_PAGES]):
        _agree([[one.record[0], *one.record[_REST:]] for one in some])
        longest = max((len(page[0].partition("_")[2]) for *_, page, _, _ in rows), default=0)
        if any(one.record[_SORTS] for one in some) or longest > _SHORT or not len(files) == len(rows) > 0:
            raise UnlikeError  # orders are not told of each page, nor longer names by one page alone
    numbers: list[dict[int, int]] = [{} for _ in some]
    for new, (*_, old, at) in enumerate(rows):
        numbers[at][old] = new
    words = merge(*(one.words(own) for one, own in zip(some, numbers, strict=True)), key=_FIRST)
    chunks = [
        [chunk[0][0], chunk[-1][0], _add(done, "index", lang, [chunk])]
        for chunk in _chunks(map(_joined, groupby(words, _FIRST)))
    ]
    filters: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for name, value, pages in chain(*(one.filters(own) for one, own in zip(some, numbers, strict=True))):
        filters[name][value] += pages
    named = [
        [name, _add(done, "filter", lang, [name, kept])]
        for name, values in sorted(filters.items())
        if (kept := [[value, sorted(pages)] for value, pages in sorted(values.items()) if pages])
    ]
    sorts = sorted([name, list(map(numbers[0].__getitem__, pages))] for name, pages in first[_SORTS])
    done |= files
    data = _closed([first[0], [page for *_, page, _, _ in rows], chunks, named, sorts, *first[_REST:]])
    name = _named(lang, data, _LONG)
    done[f"pagefind.{name}.pf_meta"] = data
    return name, len(rows)


def _agree(some: Sequence[object]) -> None:
    """Raise UnlikeError unless all are equal."""
    if any(one != some[0] for one in some):
        raise UnlikeError


def _address(fragment: bytes) -> str:
    """Return the address of a page."""
    address: str = json.loads(gzip.decompress(fragment).removeprefix(_MARK))["url"]
    return address


def _renumbered(pages: Sequence[Any], numbers: Numbers) -> list[Any]:
    """Return those of the pages of a word that have new numbers: each is told by its distance from the one before."""
    kept, at = [], 0
    for page in pages:
        at += page[0]
        if at in numbers:
            page[0] = numbers[at]
            kept.append(page)
    return kept


def _joined(same: tuple[str, Iterable[list[Any]]]) -> list[Any]:
    """Return one word of several indexes, its pages in order, each told by its distance from the one before."""
    word, some = same
    own, forms = list[Any](), defaultdict[str, list[Any]](list)
    for _, pages, more in some:
        own += pages
        for form, its in more:
            forms[form] += its
    return [word, _distances(own), [[form, _distances(pages)] for form, pages in sorted(forms.items())]]


def _distances(pages: list[Any]) -> list[Any]:
    """Sort pages by number, and tell each by its distance from the one before."""
    pages.sort(key=_FIRST)
    at = 0
    for page in pages:
        page[0], at = page[0] - at, page[0]
    return pages


def _chunks(words: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """Divide words into parts of some size."""
    chunk, size = list[Any](), 0
    for word in words:
        chunk.append(word)
        size += sum(1 + len(page[1]) for _, pages in (word[:2], *word[2]) for page in pages)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _add(done: dict[str, bytes], kind: str, lang: str, record: Any) -> str:
    """Add a part of the index or a filter; return its name."""
    data = _closed(record)
    named = _named(lang, data, _SHORT)
    done[f"{kind}/{named}.pf_{kind}"] = data
    return named


def _opened(data: bytes) -> Any:
    """Return the record that a file holds."""
    return cbor2.loads(gzip.decompress(data).removeprefix(_MARK))


def _closed(record: Any) -> bytes:
    """Return a record as a file."""
    data = gzip.compress(_MARK + cbor2.dumps(record), _LEVEL, mtime=0)
    return data[:_SYSTEM] + b"\xff" + data[_SYSTEM + 1 :]


def _named(lang: str, data: bytes, length: int) -> str:
    """Return a name of a language, made of what the file holds."""
    return f"{lang}_{sha256(data).hexdigest()[:length]}"
