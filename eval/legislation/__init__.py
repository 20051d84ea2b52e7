"""How well a library of legislation is searched: the laws in reach, in each kind of store, and what is fitted to them.
Nothing here is imported by the product."""
