"""What only a terminal is shown: colours and progress. And what a shell completes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import make_parser
from tests.builders import write_files

FERRY = "The ferry {n} has been towed back to Orra after a fire in its switchboard on day {n}.\n"
COMMAND = [sys.executable, "-m", "generator"]


def project_of(folder: Path, articles: int) -> Path:
    """Write articles, and a file that is none."""
    files = {f"content/{n}.txt": FERRY.format(n=n) for n in range(articles)}
    return write_files(
        folder, {**files, "content/empty.md": "", "crosscite.toml": "[site]\nsearch = false\n"}
    )


def on_a_terminal(folder: Path, *words: str, **environment: str) -> str:
    """Return what a command prints where somebody watches."""
    import pty  # there is none on Windows

    ours, theirs = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")}
    process = subprocess.Popen(
        [*COMMAND, *words],
        cwd=folder,
        env=clean | {"TERM": "xterm", "CROSSCITE_CACHE": str(folder / "cache")} | environment,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 65_536):
            said += part
    except OSError:  # Linux says so when the other end is closed
        pass
    process.wait()
    os.close(ours)
    return said.decode()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pty")
def test_a_terminal_is_shown_colours_and_how_far_the_work_has_come(tmp_path):
    said = on_a_terminal(project_of(tmp_path, 24), "build")
    assert "\rreading … 1 of 25" in said
    assert "\rwriting …" in said
    assert "\x1b[1mempty.md\x1b[0m: empty file" in said
    assert said.splitlines()[-1].startswith("24 articles, ")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pty")
def test_colours_are_not_shown_to_who_wants_none(tmp_path):
    project = project_of(tmp_path, 1)
    said = on_a_terminal(project, "build", NO_COLOR="1")
    assert "empty.md: empty file" in said
    assert "\x1b" not in said
    assert "\r" not in on_a_terminal(project, "build", TERM="dumb").replace("\r\n", "")


def test_a_pipe_is_shown_neither(tmp_path):
    project = project_of(tmp_path, 1)
    environment = os.environ | {"CROSSCITE_CACHE": str(project / "cache")}
    done = subprocess.run([*COMMAND, "build"], cwd=project, env=environment, capture_output=True, check=True)
    assert b"empty.md: empty file" in done.stderr
    assert b"\x1b" not in done.stdout + done.stderr
    assert b"\r" not in (done.stdout + done.stderr).replace(b"\r\n", b"")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("crosscite bu", {"build"}),
        ("crosscite build --st", {"--strict"}),
        ("crosscite list ", {"stories", "articles", "outlets"}),
        ("crosscite build --engine d", {"dask"}),
    ],
)
def test_bash_completes_commands_options_and_values(typed, offered, tmp_path):
    bash = shutil.which("bash")
    if not bash or os.name == "nt":
        pytest.skip("no bash on this machine")
    script = subprocess.run(
        [*COMMAND, "completion", "bash"], capture_output=True, text=True, check=True
    ).stdout
    ask = """
        source "$1"; COMP_WORDS=($2); [[ $2 == *" " ]] && COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE=$2; COMP_POINT=${#2}
        function=$(complete -p crosscite | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        $function crosscite "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    file = tmp_path / "crosscite.bash"
    file.write_text(script, encoding="utf-8")
    done = subprocess.run(
        [bash, "-c", ask, "-", str(file), typed], capture_output=True, text=True, check=False
    )
    assert offered <= set(done.stdout.split()), done.stderr


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_are_given_every_command(shell):
    done = subprocess.run([*COMMAND, "completion", shell], capture_output=True, text=True, check=True)
    assert all(name in done.stdout for name in ("init", "build", "base-url", "strict"))


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["biuld"], "no such choice: biuld; did you mean “build”?"),
        (["list", "storys"], "did you mean “stories”?"),
    ],
)
def test_a_mistyped_command_is_answered_with_the_nearest(words, hint, capsys):
    with pytest.raises(SystemExit, match="2"):
        make_parser().parse_args(words)
    assert hint in capsys.readouterr().err
