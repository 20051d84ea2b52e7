"""How the page's own events go: the tools for programs do not see them, and Gradio shows no sign of them.

Gradio (6) keeps what an event is at for every output that shows it, hidden or not, for as long as the page is open;
with each change of any event's state it hands all of these on, a copy of each component and of all below it made
before. Shown nowhere, nothing is copied.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

QUIET = MappingProxyType[str, Any]({"show_progress": "hidden", "show_progress_on": [], "api_visibility": "private"})
