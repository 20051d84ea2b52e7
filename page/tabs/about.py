"""What the service is and is not, and how programs use it."""

from __future__ import annotations

from page.views.markup import escaped
from qa.messages import message

_CALL = """from gradio_client import Client

client = Client("http://127.0.0.1:7860")
client.predict("Can I hold a second citizenship?", api_name="/ask")
client.predict("pardon", api_name="/search")
client.predict("18(2)", api_name="/read_article")
client.predict("detention", api_name="/compare")"""
_MCP = '{"mcpServers": {"atazan": {"url": "http://127.0.0.1:7860/gradio_api/mcp/"}}}'


def about(language: str) -> str:
    """The tab's text."""

    def said(key: str) -> str:
        return escaped(message(key, language))

    return (
        f'<div class="az-about" lang="{language}">'
        f"<h2>{said('about.what')}</h2><p>{said('about.what_text')}</p>"
        f"<h2>{said('about.not')}</h2><p>{said('about.not_text')}</p>"
        f"<h2>{said('about.programs')}</h2><p>{said('about.programs_text')}</p>"
        f'<pre tabindex="0">{escaped(_CALL)}</pre><pre tabindex="0">{escaped(_MCP)}</pre></div>'
    )
