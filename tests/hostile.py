"""Script-injection payloads, made from the known classes of them: ways in × what runs.

Each payload calls ``crossed(n)`` when it runs, so that a browser can be asked whether any did.
"""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

_CALLS = ("crossed(1)", "window.crossed(1)", "self['crossed'](1)", "top.crossed(1)", "crossed`1`", "alert(1)")

_TAGS = (
    "<script>{}</script>",
    "<ScRiPt>{}</sCrIpT>",
    "<script >{}</script >",
    "<script/x>{}</script>",
    "<script\n>{}</script\t>",
    "<scr<script>ipt>{}</scr</script>ipt>",
    "<!--><script>{}</script>-->",
    "<![CDATA[<script>{}</script>]]>",
    "]]><script>{}</script>",
    "--><script>{}</script><!--",
    "</title><script>{}</script>",
    "</textarea><script>{}</script>",
    "</style><script>{}</script>",
    "</script><script>{}</script>",
    "</template><script>{}</script>",
    "</noscript><script>{}</script>",
    "</svg><script>{}</script>",
    "<svg><script>{}</script></svg>",
    "<svg><script>//&NewLine;{}</script></svg>",
    "<math><mtext><script>{}</script></mtext></math>",
    "<table><td background=javascript:{}>",
    "<object data='data:text/html,<script>{}</script>'></object>",
    "<embed src='javascript:{}'>",
    "<iframe srcdoc='<script>parent.{}</script>'></iframe>",
    "<iframe src=javascript:{}></iframe>",
    "<base href='javascript:{}//'>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<link rel=stylesheet href='javascript:{}'>",
    "<form action=javascript:{}><button autofocus>x</button></form>",
    "<button formaction=javascript:{} autofocus>x</button>",
    "<isindex action=javascript:{} type=submit>",
    "<style>@import 'javascript:{}';</style>",
    "<xml:script>{}</xml:script>",
    "<noscript><p title='</noscript><script>{}</script>'>",
    "{{{{ self.__init__.__globals__ }}}}<script>{}</script>",
    "{{% raw %}}<script>{}</script>",
)
_EVENTS = (
    "<img src=x onerror={}>",
    "<img src=x onerror='{}'>",
    '<img src="x" onerror="{}">',
    "<img/src/onerror={}>",
    "<IMG SRC=x OnErRoR={}>",
    "<img src=x\nonerror={}>",
    "<svg onload={}>",
    "<svg/onload={}>",
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<svg><set onbegin={} attributeName=x>",
    "<body onload={}>",
    "<body onpageshow={}>",
    "<details open ontoggle={}>x</details>",
    "<video><source onerror={}></video>",
    "<video src=x onerror={}></video>",
    "<audio src=x onerror={}></audio>",
    "<input autofocus onfocus={}>",
    "<select autofocus onfocus={}></select>",
    "<textarea autofocus onfocus={}></textarea>",
    "<marquee onstart={}>x</marquee>",
    "<iframe onload={}></iframe>",
    "<object onerror={}></object>",
    "<style onload={}></style>",
    "<p style=animation-name:x onanimationstart={}>",
    "<x contenteditable autofocus onfocus={} tabindex=1>x</x>",
    "<a href=# autofocus onfocus={}>x</a>",
    "<dialog open onclose={}>",
    "<div popover id=p onbeforetoggle={}>",
)
_ATTRIBUTES = (
    '" onmouseover="{}',
    "' onmouseover='{}",
    '" autofocus onfocus="{}" x="',
    "' autofocus onfocus='{}' x='",
    '"><img src=x onerror={}>',
    "'><img src=x onerror={}>",
    '"/><svg onload={}>',
    "`><img src=x onerror={}>",
    "x onfocus={} autofocus",
    '" style="animation-name:x" onanimationstart="{}',
    "&quot; onfocus=&quot;{}",
    "&#34; autofocus onfocus=&#34;{}",
    "\\x22 onfocus=\\x22{}",
    '\\" onfocus=\\"{}',
)
_ADDRESSES = (
    "javascript:{}",
    "JaVaScRiPt:{}",
    " javascript:{}",
    "\tjavascript:{}",
    "java\tscript:{}",
    "java\nscript:{}",
    "javascript&colon;{}",
    "&#106;avascript:{}",
    "javascript://%0a{}",
    "javascript://example.org/%0a{}",
    "vbscript:{}",
    "data:text/html,<script>{}</script>",
    "data:text/html;base64,PHNjcmlwdD5jcm9zc2VkKDEpPC9zY3JpcHQ+{}",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='{}'/>",
    "//evil.example/{}",
    'https://evil.example/"onfocus={} autofocus x="',
    "https://evil.example/'><script>{}</script>",
    "view-source:javascript:{}",
    "feed:javascript:{}",
)
_MARKDOWN = (
    "[x](javascript:{})",
    "[x](<javascript:{}>)",
    "[x](java&#115;cript:{})",
    "[x](data:text/html,<script>{}</script>)",
    "![x](javascript:{})",
    '![x](x "onerror={}")',
    "[x]: javascript:{}\n\n[x]",
    "<javascript:{}>",
    '[x](https://a.example/"onfocus={})',
    "`<script>{}</script>`",
    "```html\n<script>{}</script>\n```",
    "    <script>{}</script>",
    "> <script>{}</script>",
    "- <img src=x onerror={}>",
    "| <script>{}</script> |\n|---|",
    "# <img src=x onerror={}>",
    "*<svg onload={}>*",
    "&lt;script&gt;{}&lt;/script&gt;",
    "&#60;script&#62;{}&#60;/script&#62;",
)
_SCRIPTS = (
    '"}}]}}</script><script>{}</script>',
    "</script>{}",
    "'-{}-'",
    '"-{}-"',
    "\\'-{}//",
    "\u2028{}",
    "${{{}}}",
    "*/{}/*",
    "=cmd|'/c {}'!A1",
    '=HYPERLINK("javascript:{}")',
    "@import url(javascript:{})",
    "expression({})",
    "</style><img src=x onerror={}>",
    "+ADw-script+AD4-{}+ADw-/script+AD4-",
    "<\u0000script>{}</script>",
    "＜script＞{}＜/script＞",
    "ʺ><svg onload={}>",
)
_WRAPPINGS = ("{}", "“{}”, she said.", "Rain fell on {} on Monday.")


def payloads() -> Iterator[str]:
    """Yield well over two thousand payloads, each once, in a fixed order."""
    shapes = (*_TAGS, *_EVENTS, *_ATTRIBUTES, *_ADDRESSES, *_MARKDOWN, *_SCRIPTS)
    for shape, call, wrapping in product(shapes, _CALLS, _WRAPPINGS):
        yield wrapping.replace("{}", shape.format(call))


# ---------------------------------------------------------------- a folder of articles made of them

_FRONT = ("title", "source", "url", "author", "origin", "slug", "summary", "category", "license")
_KINDS = ("md", "txt", "html", "rss", "json", "csv", "eml")


def content(found: Sequence[str], pack: int) -> dict[str, bytes]:
    """Return a content folder in which each payload stands in a body and in a field, ``pack`` to an article.

    Neighbours tell of one event, so that there are stories with quotes and differences. Which field a
    payload lands in turns from article to article: each class of payloads is in each field.
    """
    count = -(-len(found) // pack)
    files = {}
    for number in range(count):
        own = found[number::count]
        turned = [own[(place + number) % len(own)] for place in range(len(_FRONT))]
        fields = dict(zip(_FRONT, turned, strict=True))
        kind = _KINDS[number // 2 % len(_KINDS)]
        name = _file_name(own[0]) if number % 3 == 0 else "a"
        files[f"{number:05}/{name}.{kind}"] = (
            _WRITERS[kind](fields, own, _story(number, own[0]), _day(number)).replace("\0", "").encode()
        )
    return files


def _file_name(payload: str) -> str:
    """Return as much of a payload as a file can be named."""
    name = "".join("∕" if mark == "/" else mark for mark in payload if mark not in "\0\n")
    return name.encode()[:150].decode(errors="ignore").strip(" ._") or "a"


def _story(number: int, payload: str) -> list[str]:
    """Return paragraphs that an article shares with its neighbour, but for a figure and the payload."""
    place, river, firm, barge, beam, guild = (_word(number // 2, turn).title() for turn in range(6))
    towns = [_word(number // 2, turn).title() for turn in range(6, 30)]
    return [
        f"The {beam.lower()} dam at {place} burst on Monday and the {river} flooded {40 + number % 2} houses, the {firm} office said.",
        f"“The {place} {guild.lower()} had stood for ninety years {payload} and nobody expected it to burst,” said Ana {barge}, mayor of {place}.",
        f"Engineers of {firm} will rebuild the {guild.lower()} on the {river} by the autumn of next year.",
        *(
            f"People from {a}, {b} and {c} slept in the schools of {d}, {e} and {f}."
            for a, b, c, d, e, f in (towns[start : start + 6] for start in range(0, 24, 6))
        ),
    ]


def _word(event: int, turn: int) -> str:
    """Return a word that no other event has."""
    rest, word = event * 30 + turn + 10_000, ""
    while rest:
        rest, place = divmod(rest, 100)
        word += "bcdfghjklmnprstvwxyz"[place // 5] + "aeiou"[place % 5]
    return word + "nt"


def _day(number: int) -> str:
    """Return a day for each event, far from all others."""
    return str(dt.date(1980, 1, 1) + dt.timedelta(days=number // 2 * 12))


def _md(fields: Mapping[str, str], own: Sequence[str], story: Sequence[str], day: str) -> str:
    front = "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
    body = "\n\n".join([*story, *own])
    return f"---\n{front}tags: {json.dumps(list(own))}\ndate: {day}\n---\n\n{body}\n"


def _txt(fields: Mapping[str, str], own: Sequence[str], story: Sequence[str], day: str) -> str:
    head = "".join(f"{name.title()}: {' '.join(value.split())}\n" for name, value in fields.items())
    return f"{head}Date: {day}\n\n" + "\n\n".join([*story, *own]) + "\n"


def _html(fields: Mapping[str, str], own: Sequence[str], story: Sequence[str], day: str) -> str:
    metas = "".join(
        f'<meta property="{name}" content="{html.escape(fields[key])}">'
        for name, key in (("og:title", "title"), ("og:site_name", "source"), ("og:url", "url"))
    )
    body = "".join(f"<p>{html.escape(text)}</p>" for text in (*story, *own)) + "".join(own)
    title = html.escape(fields["title"])
    return f'<html lang="en"><head><title>{title}</title><meta property="article:published_time" content="{day}">{metas}</head><body><article><h1>{title}</h1>{body}</article></body></html>'


def _rss(fields: Mapping[str, str], own: Sequence[str], story: Sequence[str], day: str) -> str:
    text = {name: html.escape(value) for name, value in fields.items()}
    body = html.escape("".join(f"<p>{html.escape(words)}</p>" for words in (*story, *own)) + "".join(own))
    tags = "".join(f"<category>{html.escape(tag)}</category>" for tag in own)
    return (
        f'<rss version="2.0"><channel><title>{text["source"]}</title><link>{text["url"]}</link><item>'
        f"<title>{text['title']}</title><link>{text['url']}</link><author>{text['author']}</author>{tags}"
        f"<guid>{text['slug']}</guid><pubDate>{day}</pubDate><description>{body}</description></item></channel></rss>"
    )


def _json(fields: Mapping[str, str], own: Sequence[str], story: Sequence[str], day: str) -> str:
    item: dict[str, object] = {
        "id": fields["slug"],
        "title": fields["title"],
        "url": fields["url"],
        "tags": list(own),
    }
    item |= {
        "date_published": f"{day}T10:00:00Z",
        "authors": [{"name": fields["author"]}],
        "content_text": "\n\n".join([*story, *own]),
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": fields["source"], "items": [item]}
    return json.dumps(feed)


def _csv(fields: Mapping[str, str], own: Sequence[str], story: Sequence[str], day: str) -> str:
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow([*_FRONT, "date", "text"])
    rows.writerow([*fields.values(), day, "\n\n".join([*story, *own])])
    return table.getvalue()


def _eml(fields: Mapping[str, str], own: Sequence[str], story: Sequence[str], day: str) -> str:
    subject, sender = (" ".join(fields[name].split()) for name in ("title", "author"))
    body = "\n\n".join([*story, *own])
    return f"Subject: {subject}\nFrom: {sender} <a@news.example>\nMIME-Version: 1.0\nDate: {day}\nContent-Type: text/plain; charset=utf-8\n\n{body}\n"


_WRITERS = {"md": _md, "txt": _txt, "html": _html, "rss": _rss, "json": _json, "csv": _csv, "eml": _eml}


def project(found: Sequence[str], pack: int) -> dict[str, bytes]:
    """Return a whole project of attacks: articles, settings and overrides."""
    files = {f"content/{path}": data for path, data in content(found, pack).items()}
    title, line, name = (" ".join(found[place % len(found)].split()) for place in (0, 650, 1300))
    settings = f"[site]\ntitle = {json.dumps(title)}\ndescription = {json.dumps(line)}\n"
    settings += f'base_url = "https://news.example/brief/"\ntext = "full"\n\n[reading.outlets]\n"a.example" = {json.dumps(name)}\n'
    return files | {"crosscite.toml": settings.encode()}
