"""A full run that drove no browser has not tested the app: it fails, and says so."""

import pytest

RAN = pytest.StashKey[int]()
NEEDED = "no browser test ran, so this full run proves little (leave them out by a path: pytest tests)"


def _is_full(config: pytest.Config) -> bool:
    """Plain ``pytest``, as ``make test`` runs it; a path on the command line asks for a part."""
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.option.collectonly


def pytest_configure(config: pytest.Config) -> None:
    config.stash[RAN] = 0


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    if report.when == "call" and not report.skipped and item.get_closest_marker("browser"):
        item.config.stash[RAN] += 1
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if _is_full(session.config) and not session.config.stash[RAN] and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if _is_full(config) and not config.stash[RAN]:
        terminalreporter.section("browser", sep="=", red=True)
        terminalreporter.line(NEEDED)
