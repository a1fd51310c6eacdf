"""The workflows that ship, and those of the project itself: valid by GitHub's schema, pinned, with few rights."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = [*sorted((ROOT / ".github/workflows").glob("*.yml")), ROOT / "generator/data/starter/pages.yml"]


def loaded(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_fits_the_schema(path):
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.github-workflows",
        str(path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_reads_only_unless_a_job_says_otherwise(path):
    assert loaded(path)["permissions"] == {"contents": "read"}


def uses(path: Path) -> list[str]:
    """Return the actions that a workflow uses, with what follows the name."""
    return re.findall(r"uses: (\S+@.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_to_a_commit_whose_version_stands_beside_it(path):
    assert uses(path)
    assert [
        line for line in uses(path) if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)
    ] == []


def test_all_workflows_use_one_version_of_an_action():
    found: dict[str, set[str]] = defaultdict(set)
    for path in WORKFLOWS:
        for line in uses(path):
            name, _, version = line.partition("@")
            found[name.removesuffix("/restore")].add(version)
    assert {name: len(versions) for name, versions in found.items()} == dict.fromkeys(found, 1)


def test_the_starter_gives_each_job_the_rights_that_it_needs_and_no_other():
    jobs = loaded(WORKFLOWS[-1])["jobs"]
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "collect": {"contents": "write"},
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    kept = [step.get("with", {}).get("persist-credentials") for step in jobs["build"]["steps"]]
    assert kept[0] is False
