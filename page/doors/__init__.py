"""What stands between the network and the page: who is believed, who is let in, and how much they may send."""

from page.doors.accounts import Account, BadAccounts, read_accounts, token_of
from page.doors.doors import Doors
from page.doors.hosts import BadHost
from page.doors.proxies import BadProxy

__all__ = ["Account", "BadAccounts", "BadHost", "BadProxy", "Doors", "read_accounts", "token_of"]
