"""Templates of pages and scripts: files with ``{{names}}`` in them."""

import re
from collections.abc import Mapping


def filled(template: str, parts: Mapping[str, str]) -> str:
    """The template with its ``{{names}}`` replaced by the parts of that name. KeyError if one is missing."""
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], template)
