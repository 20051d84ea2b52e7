"""What operators see of a server: its health, its figures for Prometheus, a line of JSON for each request.

Never: the text of a question without its asker's consent, a visitor's address, or a document's words.
"""

from page.watching.addresses import add_watching
from page.watching.health import Store
from page.watching.journal import close_journal, open_journal
from page.watching.watch import Kind, Watch

__all__ = ["Kind", "Store", "Watch", "add_watching", "close_journal", "open_journal"]
