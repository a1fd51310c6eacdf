"""Addresses that lead on: what may have been published of a story before others stood together with it.

A story hangs on its earliest article. When an earlier one comes, or two stories prove to be one, all that stood at
the address of a later member must still be found. What went before is not known, nor needed: every member may
have stood alone, all but the last may have been the first of a story, and of a thread. So the same articles
give the same addresses, whatever order they came in.

On a very large site these files would be too many: there ``404.html`` leads on, to the article that the address hung on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.model import Page, Story
from generator.publishing import urls
from generator.publishing.contexts import Context
from generator.publishing.drafts import Each
from generator.publishing.exports import FILES
from generator.publishing.pages.frame import Desk
from generator.publishing.pages.lists import redirect


def redirects(desk: Desk) -> Iterator[Each[Story] | Context]:
    """Yield all addresses that lead to stories, and that of the list of threads when there are none left."""
    if desk.former_files:
        yield Each(_leading, desk.several)
    if desk.several and not desk.digest.threads:
        yield redirect(desk, "threads/index.html", "archive/index.html", desk.say("nav.archive"))


def _leading(desk: Desk, story: Story) -> Iterator[Context | Page]:
    """Yield the addresses that lead to one story: where its later members, or threads in it, stood before."""
    home, title = urls.story_path(story), story.headline.text
    for article in story.articles:
        if article.id != story.id:
            old = urls.member_path(article)
            yield redirect(desk, old, home, title, "report")
            for name in ("index.json", *(FILES if article is not story.articles[-1] else ())):
                yield _moved(desk, urls.folder(old) + name, urls.folder(home) + name, title)
    for article in () if story.thread else story.articles[:-1]:
        yield redirect(desk, urls.member_thread_path(article), home, title)


def _moved(desk: Desk, path: str, target: str, title: str) -> Context | Page:
    """Return a file that says where its like now stands: small, however many members a story has."""
    if path.endswith(".html"):
        return redirect(desk, path, target, title, "report")
    way = urls.root(path) + target
    text = json.dumps({"moved": way}) if path.endswith(".json") else f"{desk.say('redirect.more')} {way}"
    return Page(path, f"{text}\n".encode())
