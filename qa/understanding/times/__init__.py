"""Which day a question asks about."""
