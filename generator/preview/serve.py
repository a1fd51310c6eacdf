"""``crosscite serve``: build, serve, and build again whenever something changes.

    load settings → bind → watch → build → (changes → load settings → build)*

Every rebuild is a full build, so that there is no second, smart path that could differ. The build is
handed in: this room does not know the pipeline. A build that fails leaves the last good site served.
"""

from __future__ import annotations

import gc
import signal
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self, TypeAlias
from urllib.parse import quote, unquote, urlsplit

from generator.config import Config
from generator.errors import Problem, UserError
from generator.preview.audience import Audience, BrokenOff
from generator.preview.board import Board
from generator.preview.hosts import host_to_visit
from generator.preview.listen import bind, listening
from generator.preview.server import preview_app
from generator.preview.snapshot import watched
from generator.preview.status import Notice, Status, console_lines, notice
from generator.preview.watch import Watch
from generator.system.live import Live
from generator.system.scratch import PREVIEW, scratch_folder

_LISTED = 20
"""Changed pages that open pages are told by name."""

_NAP_S = 0.5
"""Longest uninterrupted wait: Windows lets Ctrl-C through only between two."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What the command line decides."""

    host: str = "127.0.0.1"
    """Where to listen: a name or address of this machine."""
    port: int = 8000
    """First port tried; 0 takes any."""
    watch: bool = True
    """Build again when something changes."""
    poll: bool = False
    """Look at the files now and then instead of waiting for the system to report."""
    open_browser: bool = False
    """Show the site in the browser once it is built."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made, as far as the preview tells it."""

    changed: tuple[str, ...]
    """Files of the site that are new, other or gone, with ``/``."""
    skipped: tuple[Problem, ...]
    """Articles that are left out."""
    seconds: float


Build: TypeAlias = Callable[[Config, Live], Built]
"""Makes the site."""

Ahead: TypeAlias = Callable[[Config, AbstractSet[Path]], object]
"""Does what can be done of a build before changes have settled; given are the places that have moved."""

Say: TypeAlias = Callable[[str], None]
"""Takes a line for the console."""


def serve(
    load: Callable[[], Config],
    options: ServeOptions,
    build: Build,
    say: Say,
    ahead: Ahead = lambda _, __: None,
) -> int:
    """Serve a preview until it is interrupted (Ctrl-C, or the system's request to end); return 0.

    ``load`` reads the settings, at the start and before every build; ``build`` writes the site into
    the folder that its settings name, or raises UserError and leaves the folder as it was; ``ahead`` does
    what it can of that before changes have settled, and may fail. Raises UserError when there is nothing to
    serve: settings that cannot be read, no port to listen on, a build that fails while nothing is watched.
    """
    try:
        with _interruptible(), Preview(load, options, build, say, ahead) as preview:
            preview.run()
    except KeyboardInterrupt:
        pass
    return 0


class Preview:
    """A context within which the site is served; ``run`` builds it, first once and then on every change."""

    def __init__(
        self,
        load: Callable[[], Config],
        options: ServeOptions,
        build: Build,
        say: Say,
        ahead: Ahead = lambda _, __: None,
    ) -> None:
        self._load, self._build, self._say, self._options = load, build, say, options
        self._ahead = ahead
        self._unbuilt: AbstractSet[Path] | None = None
        self._open = ExitStack()
        self._ended = threading.Event()

    def __enter__(self) -> Self:
        self._config = self._load()
        options = self._options
        with ExitStack() as opening:
            listener = opening.enter_context(bind(options.host, options.port, self._say))
            self._port: int = listener.getsockname()[1]
            self.folder = opening.enter_context(scratch_folder(PREVIEW)) / "site"
            self.folder.mkdir()
            places = watched(self._config)
            watch = Watch(places, poll=options.poll, ahead=self._prepare)
            self._watch = opening.enter_context(watch) if options.watch else None
            self._told = Status(base=base_path(self._config))
            self._board = Board(self._told)
            self._audience = Audience(self._board, self._watch.waiting if self._watch else lambda: False)
            app = preview_app(self.folder, self._audience, self._board, options.host)
            opening.enter_context(listening(app, listener, before_end=self._board.close))
            self._open = opening.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    @property
    def address(self) -> str:
        """Where the site is."""
        return f"http://{host_to_visit(self._options.host)}:{self._port}{quote(self._board.status.base)}"

    def run(self) -> None:
        """Build, then build again on every change until ``stop``. Raises UserError if nothing is watched."""
        self._tell(self._settled(frozenset(), self._watch)[0] if self._watch else self._make(frozenset()))
        self._say(f"{self.address}  (Ctrl-C ends the preview)")
        gc.collect()
        gc.freeze()  # what was read and told stays: no change has to wait until it is looked through again
        if self._options.open_browser:
            import webbrowser  # noqa: PLC0415 - only on request

            webbrowser.open(self.address)
        if self._watch:
            self._follow(self._watch)
        while not self._ended.wait(_NAP_S):
            pass

    def stop(self) -> None:
        """Let ``run`` end, from any thread."""
        self._ended.set()
        if self._watch:
            self._watch.stop()

    def _follow(self, watch: Watch) -> None:
        """Build on every change; what came during a build is built before anybody is told that all is there."""
        for edited in watch.changes():
            status, built = self._settled(edited, watch)
            if meanwhile := watch.more():
                status, _ = self._settled(built | meanwhile, watch)
            self._tell(status)

    def _settled(self, edited: frozenset[Path], watch: Watch) -> tuple[Status, frozenset[Path]]:
        """Build until no edition is broken off; return what is to be told, and all that has been edited."""
        while (status := self._attempt(edited)) is None:
            edited |= watch.more()
        return status, edited

    def _prepare(self, touched: AbstractSet[Path]) -> None:
        """Do ahead what can be done; what is wrong with it the build will say, be it a bug.

        What is read now may be read half written: the build looks at it once more.
        """
        self._unbuilt = None if self._unbuilt is None else self._unbuilt | touched
        with suppress(Exception):
            self._ahead(self._config, touched)

    def _attempt(self, edited: frozenset[Path]) -> Status | None:
        """Build; return what is to be told of it, None if it was broken off. A bug is told as one, and the preview goes on."""
        try:
            return self._make(edited)
        except BrokenOff:
            return None
        except UserError as error:
            return self._failed(error.problems)
        except Exception as error:  # noqa: BLE001 - the outermost loop
            self._say(traceback.format_exc())
            message = f"this is a bug in Crosscite: {type(error).__name__}: {error}"
            return self._failed(
                [Problem("", 0, message, "the console says more; the next change tries again")]
            )

    def _make(self, edited: frozenset[Path]) -> Status:
        """Build; return what is to be told of it. Raises UserError."""
        self._unbuilt = None if self._unbuilt is None else self._unbuilt | edited
        config = self._load()
        if config != self._config:
            self._unbuilt = None
        names = tuple(sorted(map(self._named, edited)))
        self._audience.begin(names)
        audience = self._audience if base_path(config) == self._told.base else None
        built = self._build(replace(config, output=self.folder), Live(self._unbuilt, audience))
        self._config, self._unbuilt = config, frozenset()
        pages = [path for path in built.changed if path.endswith(".html")] if edited else []
        return Status(
            base=base_path(config),
            built=True,
            seconds=built.seconds,
            edited=names,
            pages=len(pages),
            changed=tuple(pages[:_LISTED]),
            skipped=self._notices(built.skipped),
            drafts=config.drafts,
        )

    def _failed(self, problems: Iterable[Problem]) -> Status:
        """Return the last status with what is wrong now."""
        return replace(self._told, problems=self._notices(problems))

    def _notices(self, problems: Iterable[Problem]) -> tuple[Notice, ...]:
        folders = (self._config.content, self._config.root, Path())
        return tuple(notice(problem, folders) for problem in problems)

    def _named(self, path: Path) -> str:
        """Return a file as the user knows it."""
        root = self._config.root.resolve()
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()

    def _tell(self, status: Status) -> None:
        """Tell the console and the open pages."""
        before, self._told = self._told, status
        self._audience.end()
        self._board.post(status)
        for line in console_lines(before, status):
            self._say(line)
        if before.built and before.base != status.base:
            self._say(self.address)


def base_path(config: Config) -> str:
    """Return the path of the site's address, decoded, with a slash at both ends."""
    path = unquote(urlsplit(config.site.base_url).path).strip("/")
    return f"/{path}/" if path else "/"


@contextmanager
def _interruptible() -> Iterator[None]:
    """Turn the first request to end into KeyboardInterrupt; let further ones not disturb the ending."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    signals = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in signals}
    ending = False

    def end(_number: int, _frame: FrameType | None) -> None:
        nonlocal ending
        if not ending:
            ending = True
            raise KeyboardInterrupt

    for number in signals:
        if number == signal.SIGINT or before[number] != signal.SIG_IGN:  # nohup stays what it is
            signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
