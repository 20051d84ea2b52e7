"""What the server keeps of a visit: Gradio's session, without what a visit to this page never needs.

Gradio 6.31 works out the configuration of every component anew for each new session (`gradio.state_holder`), to tell
where a link into the page's state leads; links here lead to a question, a provision or a tab. Each request of a program
is a session of its own, and that was most of what such a request cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.blocks import BlocksConfig
from gradio.state_holder import SessionState, StateHolder


class Session(SessionState):
    """A visit whose components' configurations are worked out when they are asked for."""

    def __init__(self, blocks: gr.Blocks) -> None:
        super().__init__(_Undrawn(blocks.default_config))  # type: ignore[arg-type]  # of the blocks it reads just these

    @property
    def components(self) -> Iterator[dict[str, Any]]:
        """Configurations of the components as this visit has them."""
        for key, block in self.blocks_config.blocks.items():
            if key not in self.config_values:
                self.config_values[key] = self.blocks_config.config_for_block(key, [], block)
        yield from super().components


class Sessions(StateHolder):
    """The visits, by the name that each gives itself."""

    @classmethod
    def of(cls, blocks: gr.Blocks) -> Sessions:
        """Those of a page, none yet."""
        sessions = cls()
        sessions.set_blocks(blocks)
        return sessions

    def __getitem__(self, session_id: str) -> SessionState:
        if session_id not in self.session_data:
            self.session_data[session_id] = Session(self.blocks)
        return super().__getitem__(session_id)


@dataclass(frozen=True, slots=True)
class _Undrawn:
    default_config: BlocksConfig
    blocks: tuple[int, ...] = ()  # those whose configurations are worked out at once
