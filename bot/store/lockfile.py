"""One process for one SQLite file: an exclusive lock beside it, which the kernel lets go with the process (kill -9 too)."""

import fcntl
import os
from pathlib import Path
from typing import Self

from bot.domain.errors import SecondProcess


class FileLock:
    """Held from `take` until `release`. The file stays; only the lock on it matters."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, database: Path) -> Self:
        """Take it at once, or raise SecondProcess."""
        path = database.with_name(database.name + ".lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(descriptor, 20).decode(errors="replace").strip() or "unknown"
            os.close(descriptor)
            msg = (
                f"{database} is in use by another process (pid {holder}). One SQLite file serves one process: "
                "stop that one, or use PostgreSQL to run several."
            )
            raise SecondProcess(msg) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        return cls(descriptor)

    def release(self) -> None:
        """Let go; again does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __del__(self) -> None:
        self.release()
