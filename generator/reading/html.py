"""Saved web pages: the report without its page, and what the page says of it (trafilatura)."""

from __future__ import annotations

from generator.errors import ContentError, Problem
from generator.reading.draft import Draft, Drafts, File, join
from generator.reading.fields import Field, read_fields


def draft_html(file: File) -> Drafts:
    """Yield the draft of a saved page. Raises ContentError when it holds no report."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - heavy

    found = bare_extraction(file.data, include_comments=False, with_metadata=True, favor_recall=False)
    if found is None or not found.text:
        raise ContentError([Problem(file.path, 0, "no article found in the page")])
    body, spans = join([line for line in found.text.split("\n") if line.strip()])
    given = [
        Field(name, value, 0)
        for name, value in (("title", found.title), ("authors", found.author), ("url", found.url),
                            ("date", found.date), ("outlet", found.sitename)) if value
    ]  # fmt: skip
    meta, notes = read_fields(given, file.path, file.settings)
    yield Draft(path=file.path, digest=file.digest, meta=meta, text=body, paragraphs=spans, notes=notes)
