"""What makes a library on this machine quick to search: files made from its rows at a moment, and in memory the rows
written since. Tables and transactions never live here; everything here can be made again from them."""
