"""Make a Pagefind index the same for the same pages.

Pagefind (1.4 and 1.5) lays the values of a filter and the list of filters in the order of a hash table, which
differs from run to run, and names files by what they hold. Here those lists are sorted, and the files that
change by it are named anew. Format: gzip over a mark and CBOR (RFC 8949); see ``pagefind_web`` of Pagefind's
source.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import cbor2

_MARK = b"pagefind_dcd"
_FILTERS = 3
"""Place of the list of filters in an index's record: pairs of name and file."""
_SYSTEM = 9
"""Place of the byte that names the system (RFC 1952, 2.3.1): unknown, for versions of Python write different ones."""


def canonical(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of an index, by path below its folder, in their canonical form."""
    entry = json.loads(files["pagefind-entry.json"])
    done = {path: data for path, data in files.items() if not path.endswith((".pf_filter", ".pf_meta"))}
    for language in entry["languages"].values():
        record = _opened(files[f"pagefind.{language['hash']}.pf_meta"])
        for pair in record[_FILTERS]:
            pair[1] = _add_filter(files, done, pair[1])
        record[_FILTERS].sort()
        data = _closed(record)
        language["hash"] = _named(language["hash"], data, 10)
        done[f"pagefind.{language['hash']}.pf_meta"] = data
    done["pagefind-entry.json"] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return done


def _add_filter(files: Mapping[str, bytes], done: dict[str, bytes], name: str) -> str:
    """Add a filter with its values in order; return its name."""
    record = _opened(files[f"filter/{name}.pf_filter"])
    record[1].sort()
    data = _closed(record)
    named = _named(name, data, 7)
    done[f"filter/{named}.pf_filter"] = data
    return named


def _opened(data: bytes) -> Any:
    """Return the record that a file holds."""
    return cbor2.loads(gzip.decompress(data).removeprefix(_MARK))


def _closed(record: Any) -> bytes:
    """Return a record as a file."""
    data = gzip.compress(_MARK + cbor2.dumps(record), mtime=0)
    return data[:_SYSTEM] + b"\xff" + data[_SYSTEM + 1 :]


def _named(name: str, data: bytes, length: int) -> str:
    """Return a name of the same language, made of what the file holds."""
    return f"{name.partition('_')[0]}_{sha256(data).hexdigest()[:length]}"
