"""Write the site so that it is always whole: the last good one, or the new one.

The new tree is laid beside the old one, page by page as they are made (unchanged files are hard links, so that this
is cheap), and takes its place in a single exchange of the two names, where the system can do that (Linux, macOS).
Elsewhere files are replaced one by one, each whole. A build that is killed leaves at worst a hidden folder beside
the site, which the next build removes. Files that Crosscite did not write are kept.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import Protocol, TypeAlias, TypeVar

from generator.errors import Problem, SiteError
from generator.model import Note, Page
from generator.system.exchange import exchange
from generator.system.output import MANIFEST, OWN, Written, listed, stamped, sweep
from generator.system.room import Paths, above, check_room
from generator.system.tree import Tree, files_below, link_each, remove, replace_each

State: TypeAlias = tuple[int, int, int, int, bytes]
"""A file as it was left: size, time, inode and permissions (one that may not be read any more is not as it was left), and the
SHA-256 of the bytes that it has while the system says so of it. Of tens of thousands: a class of its own costs more."""
States: TypeAlias = Mapping[str, State]
"""By path."""
Given = TypeVar("Given")
Result = TypeVar("Result")


_AT_ONCE = 1_000
"""Files that are kept from which it pays to begin to link them while other pages are still made."""


class Hand(Protocol):
    """Does something beside this process: gives what gives its result; None where nobody does."""

    def __call__(self, function: Callable[[Given], Result], given: Given, /) -> Callable[[], Result] | None:
        """Begin ``function`` of what is given."""


def write_site(pages: Sequence[Page], output: Path, *, clean: bool = False, durable: bool = True) -> Written:
    """Make the output folder hold exactly these pages, beside what is the user's own.

    Only files that differ are written. With ``clean``, files that Crosscite did not write go too,
    but for ``.git``, ``.gitignore`` and ``CNAME``; without it a page never takes the place of one of
    them. ``durable`` waits for the disk, so that a power cut cannot leave half a site either. Raises
    SiteError; the old site is then as it was.
    """
    with staged(output, clean=clean, durable=durable) as stage:
        for page in pages:
            stage.put(page)
        return stage.finish()


@contextmanager
def staged(
    output: Path,
    *,
    clean: bool = False,
    durable: bool = True,
    left: States | None = None,
    hand: Hand = lambda *_: None,
) -> Iterator[Stage]:
    """Give a stage on which the pages of a site are laid; unless it is finished, the old site is as it was.

    ``left`` tells of files as they were left, ``hand`` does what may be done beside. For the rest see ``write_site``.
    """
    try:
        stage = Stage(output.resolve(), clean=clean, durable=durable, left=left or {}, hand=hand)
        try:
            yield stage
        finally:
            stage.close()
    except OSError as error:
        where = error.filename or output
        hint = "free some space" if error.errno == errno.ENOSPC else "check the folder and its permissions"
        raise SiteError(
            [Problem(str(output), 0, f"cannot be written: {error.strerror} ({where})", hint)]
        ) from None


class Stage:
    """The new tree beside the old one. All that it does may raise OSError."""

    def __init__(self, output: Path, *, clean: bool, durable: bool, left: States, hand: Hand) -> None:
        sweep(output)
        self._hand = hand
        self._output, self._clean, self._durable, self._left = output, clean, durable, dict(left)
        self._old: Mapping[str, os.DirEntry[str]] = {}
        """What is in the folder when the new tree takes its place."""
        self._empty: Sequence[str] = ()
        self._paths = Paths()
        self._new: dict[str, bytes] = {}
        """The digest of what is laid, by path."""
        self._kept: dict[str, bytes] = {}
        self.states: States = {}
        """In which state the files of all pages are, when it is finished."""
        self._linked: set[str] = set()
        self._linking: list[Callable[[], bool]] = []
        """What tells whether files could be linked, when that is done."""
        self._removing: Callable[[], object] | None = None
        self._laid = False

    @cached_property
    def folder(self) -> Path:
        """The folder of the new tree, which is there from when it is first asked for."""
        self._output.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(self._output if self._output.exists() else self._output.parent, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self._output))
        name = f".{self._output.name}.crosscite-"
        folder = Path(tempfile.mkdtemp(prefix=name, dir=self._output.parent))
        self._laid = True
        folder.chmod(self._output.stat().st_mode if self._output.exists() else 0o755)
        return folder

    @cached_property
    def _tree(self) -> Tree:
        return Tree(self.folder)

    def put(self, page: Page, digest: bytes = b"") -> None:
        """Lay a page; one that stands so already is kept. ``digest`` is that of its bytes, if it is known."""
        digest = digest or sha256(page.data).digest()
        if self._stands(page.path, len(page.data), digest):
            self._keep(page.path, digest)
        elif self._paths.add(page.path):
            self._tree.lay(page)
            self._new[page.path] = digest
            if len(self._kept) - len(self._linked) > _AT_ONCE:
                self.link()

    def took(self, note: Note) -> None:
        """Take a page that another process has laid in the folder; one that stands so already is kept."""
        if self.stands(note):
            os.unlink(f"{self.folder}/{note.path}")  # noqa: PTH108 - of thousands
            self.keep(note)
        elif self._paths.add(note.path):
            self._new[note.path] = note.digest

    def stands(self, note: Note) -> bool:
        """Return whether a page of which only a note is held stands there from an earlier build."""
        return self._stands(note.path, note.size, note.digest)

    def keep(self, note: Note) -> None:
        """Keep one that does."""
        self._keep(note.path, note.digest)

    def link(self) -> None:
        """Begin to take what is kept over into the new tree, if there will be one: ``finish`` has less to do then."""
        if self._new and self._output.exists():
            self._begin_to_link(self._kept.keys())

    def file(self, path: str) -> str:
        """Return where the bytes of a page are that was laid or kept."""
        return f"{self.folder}/{path}" if path in self._new else f"{self._output}/{path}"

    @property
    def number(self) -> int:
        """How many pages are laid or kept."""
        return len(self._wanted() - {MANIFEST})

    def finish(self) -> Written:
        """Bring the new tree in place of the old one. Raises SiteError where there is no room for it."""
        self._paths.check()
        self._old, self._empty = files_below(self._output)
        pages = sorted(self._wanted())
        self.put(Page(MANIFEST, "".join(f"{path}\n" for path in pages).encode()))
        wanted, old = self._wanted(), self._old.keys()
        ours = set(listed(self._output))
        if self._clean:
            ours = {path for path in old if path.split("/")[0] not in OWN}
        check_room(wanted, old - ours - {MANIFEST}, self._empty, self._output)
        for path in self._kept.keys() - old:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self._output / path))
        removed = sorted((ours & old) - wanted)
        if self._new or removed:
            self._replace(ours, removed)
        changed = sorted(self._new.keys() - {MANIFEST})
        self.states = {path: self._state(path) for path in self._wanted()}
        stamp = stamped((path, *self.states[path][:2]) for path in pages)
        return Written(tuple(changed), tuple(path for path in removed if path != MANIFEST), stamp)

    def close(self) -> None:
        """Remove the tree that is not the site: after an exchange, the old one."""
        for done in self._linking:
            with suppress(OSError):
                done()
        if self._removing:
            self._removing()
        elif self._laid:
            remove(self.folder, self._old)

    def _wanted(self) -> set[str]:
        """Return the paths of all that is laid or kept."""
        return self._new.keys() | self._kept.keys()

    def _state(self, path: str) -> State:
        """Return in which state a file is: one that was kept is as it was left."""
        left = self._left.get(path)
        if left and path in self._kept:
            return left
        digest = self._new.get(path) or self._kept[path]
        return (*_seen(os.lstat(f"{self._output}/{path}")), digest)

    def _keep(self, path: str, digest: bytes) -> None:
        if self._paths.add(path):
            self._kept[path] = digest

    def _stands(self, path: str, size: int, digest: bytes) -> bool:
        """Return whether the old tree has a file of these bytes."""
        left = self._left.get(path)
        if left and left[:4] == self._now(path):
            return left[0] == size and left[4] == digest
        self._left.pop(path, None)
        file = self._begun_with.get(path)
        if file is None or file.is_symlink() or file.stat().st_size != size:
            return False
        with open(file.path, "rb", buffering=0) as stream:  # noqa: PTH123 - of tens of thousands
            return sha256(stream.read()).digest() == digest

    def _now(self, path: str) -> Sequence[int]:
        """Return what the system says of a file of the old tree."""
        try:
            return _seen(os.lstat(f"{self._output}/{path}"))
        except OSError:  # no folder there, or none that may be entered
            return ()

    @cached_property
    def _begun_with(self) -> Mapping[str, os.DirEntry[str]]:
        """The files of the old tree as it was when a file was not known."""
        return files_below(self._output)[0]

    def _replace(self, ours: set[str], removed: Sequence[str]) -> None:
        """Bring the new tree in place of the old one."""
        stage, output = self.folder, self._output
        kept = self._old.keys() - self._new.keys() - {*removed}
        linked = output.exists() and self._link(kept)
        if self._durable and hasattr(os, "sync"):
            os.sync()
        if not output.exists():
            stage.rename(output)
        elif linked and self._exchange(kept - ours):
            self._removing = self._hand(partial(remove, stage), tuple(self._old))
        else:
            replace_each(output, stage, self._new, removed)

    def _link(self, paths: AbstractSet[str]) -> bool:
        """Hard-link what is kept into the new tree; return whether the file system can.

        Raises OSError when there is no room for it.
        """
        self._begin_to_link(paths)
        linked = True
        while self._linking:
            linked &= self._linking.pop(0)()
        return linked

    def _begin_to_link(self, paths: AbstractSet[str]) -> None:
        """Have some files linked that are not yet."""
        link, new = partial(link_each, self._output, self.folder), tuple(paths - self._linked)
        if new:
            self._linking.append(self._hand(link, new) or partial(bool, link(new)))
            self._linked.update(new)

    def _exchange(self, foreign: Iterable[str]) -> bool:
        """Exchange both trees, if the system can; the user's folders keep their permissions."""
        empty = [path for path in self._empty if not self._clean or path.split("/")[0] in OWN]
        for path in empty:
            self._tree.make_way(f"{path}/.")
        for folder in {*empty, *above((*empty, *foreign))}:
            (self.folder / folder).chmod((self._output / folder).stat().st_mode)
        return exchange(self.folder, self._output)


def _seen(state: os.stat_result) -> tuple[int, int, int, int]:
    """Return what shows that a file is as it was left."""
    return state.st_size, state.st_mtime_ns, state.st_ino, state.st_mode
