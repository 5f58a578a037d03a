"""What holds for all tests: the same every time, spread over two processes, and not without a browser."""

import re
from functools import cache
from pathlib import Path

import numpy  # noqa: F401  # first, so that its BLAS is there to be limited
import pytest
from hypothesis import settings
from threadpoolctl import threadpool_limits
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

settings.register_profile("the same every time", derandomize=True, deadline=None)
settings.load_profile("the same every time")
threadpool_limits(limits=1, user_api="blas")  # as in the app; more would wait for the other process's
NEEDED = "no browser test ran, so this full run proves little (leave them out by a path: pytest tests)"


class BrowserTests:
    """Counts the browser tests that ran, here or in the processes that pytest-xdist spreads them over."""

    def __init__(self, config: pytest.Config) -> None:
        self.config, self.ran = config, 0

    @property
    def missing(self) -> bool:
        """Whether a full run, plain ``pytest`` as ``make test`` runs it, had none; a path asks for a part."""
        full = self.config.args_source is pytest.Config.ArgsSource.TESTPATHS
        spread = hasattr(self.config, "workerinput")  # one of the processes, which sees only its share
        return full and not spread and not self.config.option.collectonly and not self.ran

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and not report.skipped and "browser" in report.keywords:
            self.ran += 1

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if self.missing and exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.missing:
            terminalreporter.section("browser", sep="=", red=True)
            terminalreporter.line(NEEDED)


BROWSER = "tests/browser/"


class FromBothEnds(LoadScopeScheduling):
    """Files are given out one by one: to the first process browser tests first, to others those at the end.

    So two browsers share the processors no longer than they have to, and all processes end together.
    """

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0]

    def _assign_work_unit(self, node: WorkerController) -> None:
        if node is not self.nodes[0]:
            self.workqueue.move_to_end(next(reversed(self.workqueue)), last=False)
        super()._assign_work_unit(node)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FromBothEnds:
    config.option.loadscopereorder = False
    return FromBothEnds(config, log)


SLOW = (
    BROWSER,
    "tests/benchmarks/",
    "test_chapters.py",
    "test_compression.py",
    "test_race_queue.py",
)
"""Parts of paths: these open pages, start processes or read all of Streamlit's files, which takes long."""
OPENS_PAGES = re.compile(r"\b(open_page|AppTest)\b")


@cache
def is_quick(path: Path) -> bool:
    """Whether a file, or what is in a folder, is for every save: told without importing it."""
    if any(part in (path.as_posix() + "/" if path.is_dir() else path.as_posix()) for part in SLOW):
        return False
    return path.is_dir() or not OPENS_PAGES.search(path.read_text(encoding="utf-8"))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """`-m quick` imports nothing of what it leaves out."""
    of_tests = collection_path.is_dir() or collection_path.name.startswith("test_")
    left_out = config.option.markexpr == "quick" and of_tests and not is_quick(collection_path)
    return True if left_out else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(BROWSER))  # they are given out in this order
    for item in items:
        if is_quick(item.path):
            item.add_marker(pytest.mark.quick)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(BrowserTests(config))
