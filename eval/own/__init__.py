"""Questions on invented documents of one's own, and what is measured on them. Nothing here is of a real document."""
