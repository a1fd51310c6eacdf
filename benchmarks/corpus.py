"""Made-up articles: ``python -m benchmarks.corpus 1000 FOLDER``. The same number gives the same bytes.

Events have from one to a dozen reports in words that overlap; names, places and nouns are made of syllables,
so that nothing in them is anybody's. Good for speed, too easy for judging stories.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from pathlib import Path

_ONSETS, _RIMES = (
    ["b", "ch", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w"],
    ["a", "e", "i", "o", "u", "an", "el", "in", "or", "ust"],
)
_COMMON = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "was",
    "for",
    "on",
    "that",
    "with",
    "at",
    "by",
    "from",
    "after",
    "said",
]
_SIZES = (1, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 12)


def _word(draw: random.Random, syllables: int) -> str:
    return "".join(draw.choice(_ONSETS) + draw.choice(_RIMES) for _ in range(syllables))


def _sentence(draw: random.Random, topic: list[str], names: list[str], words: list[str]) -> str:
    text = [draw.choice(_COMMON if n % 2 else topic if draw.random() < 0.5 else words) for n in range(16)]
    text[5] = draw.choice(names)
    kind = draw.random()
    if kind < 0.15:
        return f"“{' '.join(text[:12]).capitalize()},” said {names[0]}."
    if kind < 0.3:
        text[9] = f"{draw.randrange(20, 900)} {draw.choice(topic)}s"
    return " ".join(text).capitalize() + "."


def write_corpus(count: int, folder: Path) -> None:
    """Write ``count`` articles into a folder."""
    draw = random.Random(7)
    words = [_word(draw, 2 + n % 2) for n in range(6_000)]
    outlets = [f"{_word(draw, 2).title()} {kind}" for kind in ("Post", "Herald", "Radio") for _ in range(14)]
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    while number < count:
        topic = draw.sample(words, 30)
        names = [f"{_word(draw, 2).title()} {_word(draw, 2).title()}" for _ in range(3)]
        shared = [_sentence(draw, topic, names, words) for _ in range(6)]
        day = dt.date(2026, 1, 1) + dt.timedelta(days=draw.randrange(150))
        for _ in range(min(draw.choice(_SIZES), count - number)):
            paragraphs = [
                " ".join([*draw.sample(shared, 2), *(_sentence(draw, topic, names, words) for _ in range(3))])
                for _ in range(5)
            ]
            title = f"{names[0]} and {topic[0]} {draw.choice(topic)} over {topic[1]}".replace('"', "")
            head = f'---\ntitle: "{title}"\ndate: {day}\nsource: "{draw.choice(outlets)}"\n---\n\n'
            (folder / f"{number:06}.md").write_text(head + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
            number += 1


if __name__ == "__main__":
    write_corpus(int(sys.argv[1]), Path(sys.argv[2]))
