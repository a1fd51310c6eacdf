"""What a build prints when it is done."""

from __future__ import annotations

from pathlib import Path

from generator.build import BuildReport


def result_line(report: BuildReport, output: Path) -> str:
    """Return ``41 articles, 9 stories, 6 single, 1 skipped → site/ (12 files changed) in 0.9 s``."""
    counts = result_object(report)
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    changed = len(report.written.changed) + len(report.written.removed)
    return (
        f"{_count(counts['articles'], 'article', 'articles')}, {_count(counts['stories'], 'story', 'stories')}, "
        f"{counts['single']} single{skipped} → {output.as_posix()}/ "
        f"({_count(changed, 'file', 'files')} changed) in {report.seconds:.1f} s"
    )


def result_object(report: BuildReport) -> dict[str, int | float]:
    """Return the counts of a build."""
    return {
        "articles": report.articles,
        "stories": report.stories,
        "single": report.single,
        "skipped": len(report.skipped),
        "pages": report.pages,
        "changed": len(report.written.changed),
        "removed": len(report.written.removed),
        "seconds": round(report.seconds, 3),
    }


def _count(number: float, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many}"
