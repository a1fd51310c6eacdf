"""Scores of a grouping against the right one (Bagga and Baldwin 1998)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping


def b_cubed(found: Mapping[str, str], gold: Mapping[str, str]) -> float:
    """Return the F1 of mean precision and recall over the documents of ``gold``; missing ones are alone."""
    given = {doc: ("story", found[doc]) if doc in found else ("alone", doc) for doc in gold}
    both = Counter((given[doc], gold[doc]) for doc in gold)
    ours, theirs = Counter(given.values()), Counter(gold.values())
    precision = sum(count * count / ours[story] for (story, _), count in both.items()) / len(gold)
    recall = sum(count * count / theirs[story] for (_, story), count in both.items()) / len(gold)
    return 2 * precision * recall / (precision + recall)


def sibling_rate(found: Mapping[str, str], gold: Mapping[str, str], suffix: str) -> float:
    """Return the share of pairs across two events of one kind (L and L + ``suffix``) that are joined."""
    stories: dict[str, Counter[str]] = {}
    for doc, label in gold.items():
        stories.setdefault(label, Counter())[found.get(doc, doc)] += 1
    across = joined = 0
    for label, ours in stories.items():
        theirs = stories.get(label + suffix, Counter())
        across += ours.total() * theirs.total()
        joined += sum(count * theirs[story] for story, count in ours.items())
    return joined / across if across else 0.0
