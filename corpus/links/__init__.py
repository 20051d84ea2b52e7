"""Links between documents, our own: what other states were promised beside a right, and which article of the
Constitution a constitutional law carries out. Identifiers alone; never shown without both sides."""

from corpus.links.links import Links, load_links

__all__ = ["Links", "load_links"]
