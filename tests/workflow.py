"""Plays a GitHub workflow on this machine: its ``run:`` steps are run, its actions are stood in for."""

from __future__ import annotations

import re
import subprocess
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")


@dataclass
class Play:
    """One run of a workflow."""

    origin: Path
    """The repository at the host: a bare one."""
    folder: Path
    """Where jobs have their workspaces, and the artifact is put."""
    environment: Mapping[str, str]
    event: str
    base_url: str
    """What configure-pages answers."""
    log: list[str] = field(default_factory=list)
    """Job and name of each step that was run."""
    results: dict[str, str] = field(default_factory=dict)
    """``success`` or ``skipped``, by job."""
    artifact: Path | None = None
    page_url: str = ""

    def run(self) -> None:
        """Run the workflow of the repository's main branch, job after job, as their needs say."""
        text = self._git(
            self.folder, "--git-dir", str(self.origin), "show", "main:.github/workflows/pages.yml"
        )
        workflow = yaml.safe_load(text)
        for name, job in workflow["jobs"].items():
            assert set(_listed(job.get("needs", []))) <= self.results.keys()
            scope = {"env": workflow.get("env", {}), "steps": {}}
            if not self._holds(str(job.get("if", "true")), scope):
                self.results[name] = "skipped"
                continue
            workspace = self.folder / name
            workspace.mkdir()
            for step in job["steps"]:
                self._step(name, step, workspace, scope)
            self.results[name] = "success"

    def _step(self, job: str, step: Mapping[str, Any], workspace: Path, scope: dict[str, Any]) -> None:
        """Do one step, if its condition holds."""
        if not self._holds(str(step.get("if", "true")), scope):
            return
        given = {key: self._filled(str(value), scope) for key, value in step.get("with", {}).items()}
        self.log.append(f"{job}: {step.get('name', step.get('uses', '').partition('@')[0])}")
        if "uses" in step:
            outputs = self._action(step["uses"].partition("@")[0], given, workspace)
            scope["steps"][step.get("id", "")] = {"outputs": outputs}
            return
        own = {**scope["env"], **step.get("env", {})}
        environment = {**self.environment, **{key: self._filled(str(own[key]), scope) for key in own}}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", self._filled(step["run"], scope)]
        done = subprocess.run(
            command, cwd=workspace, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{self.log[-1]}\n{done.stdout}\n{done.stderr}"

    def _action(self, name: str, given: Mapping[str, str], workspace: Path) -> dict[str, str]:
        """Do what an action does, as far as the site can tell; return its outputs."""
        if name == "actions/checkout":
            self._git(
                self.folder, "clone", "--quiet", "--depth", "1", f"file://{self.origin}", str(workspace)
            )
        elif name == "actions/configure-pages":
            return {"base_url": self.base_url}
        elif name == "actions/upload-pages-artifact":
            self.artifact = self.folder / "artifact.tar"
            with tarfile.open(self.artifact, "w", dereference=True) as tar:
                tar.add(workspace / given["path"], arcname=".", filter=_unless_hidden)
        elif name == "actions/deploy-pages":
            assert self.artifact
            self.page_url = self.base_url
            return {"page_url": self.page_url}
        else:
            assert name == "actions/setup-python", name
        return {}

    def _holds(self, condition: str, scope: Mapping[str, Any]) -> bool:
        """Return whether a condition holds; a skipped need is no success, as at GitHub."""
        return bool(self._value(condition.removeprefix("${{").removesuffix("}}"), scope))

    def _filled(self, text: str, scope: Mapping[str, Any]) -> str:
        """Return a text with its expressions filled in."""
        return EXPRESSION.sub(lambda match: str(self._value(match[1], scope)), text)

    def _value(self, expression: str, scope: Mapping[str, Any]) -> Any:
        """Return the value of an expression: names, comparisons, and, or."""
        python = expression.strip().replace("&&", " and ").replace("||", " or ").replace("!=", "≠")
        python = python.replace("!", " not ").replace("≠", "!=")
        names = {
            "github": {"event_name": self.event, "ref": "refs/heads/main", "run_id": 1},
            "needs": {job: {"result": result} for job, result in self.results.items()},
            **scope,
        }
        known = {name: _dotted(value) for name, value in names.items()}
        return eval(python.strip(), {"__builtins__": {}, "true": True, "cancelled": bool}, known)

    def _git(self, folder: Path, *words: str) -> str:
        return git(folder, self.environment, *words)


def git(folder: Path, environment: Mapping[str, str], *words: str) -> str:
    """Run git; return what it prints."""
    command = ["git", *words]
    done = subprocess.run(
        command, cwd=folder, env=dict(environment), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"git {' '.join(words)}\n{done.stderr}"
    return done.stdout


def _dotted(value: Any) -> Any:
    """Return mappings as objects, so that their keys are read with a dot."""
    if isinstance(value, Mapping):
        return SimpleNamespace(**{key: _dotted(inner) for key, inner in value.items()})
    return value


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _unless_hidden(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Leave hidden files out, as upload-pages-artifact does from version 4 on."""
    return None if any(part.startswith(".") for part in Path(member.name).parts) else member
