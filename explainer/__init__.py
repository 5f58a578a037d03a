"""Cat or Not: an interactive explainer for the basics of neural networks."""

from pathlib import Path
from typing import Final

ASSETS: Final = Path(__file__).parents[1] / "assets"
"""Pictures that the app shows, wherever it is started from."""
