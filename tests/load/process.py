"""What a server's process has used: processor time and memory, as Linux says it."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Final

TICKS: Final = os.sysconf("SC_CLK_TCK")
EVERY: Final = 0.5  # seconds between two looks at the memory


def cpu_seconds(process: int) -> float:
    """Processor time of a process so far, user and system."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_megabytes(process: int) -> float:
    """Resident memory of a process."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


@dataclass
class Watch:
    """Looks at a process's memory while something runs: its start, its peak, its end."""

    process: int
    seen: list[float] = field(default_factory=list)

    def __enter__(self) -> "Watch":
        self._over = Event()
        self._thread = Thread(target=self._look, daemon=True)
        self._before = cpu_seconds(self.process)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cpu = cpu_seconds(self.process) - self._before
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        self.seen.append(memory_megabytes(self.process))
        while not self._over.wait(EVERY):
            self.seen.append(memory_megabytes(self.process))

    def __str__(self) -> str:
        start, most, end = self.seen[0], max(self.seen), self.seen[-1]
        return f"memory: {start:.0f} MB at the start, {most:.0f} at most, {end:.0f} at the end"
