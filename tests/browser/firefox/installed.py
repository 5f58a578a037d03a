"""Firefox as the system has it.

``python -m tests.browser.firefox.installed`` makes sure that there is one.
"""

from typing import Final

from tests.browser.program import Program

FIREFOX: Final = Program(
    title="Firefox",
    variable="FIREFOX",
    names=("firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"),
    package="firefox-esr",
)

if __name__ == "__main__":
    FIREFOX.main()
