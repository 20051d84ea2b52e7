"""The commands of `atazan library`; what they do stands in `qa.library` and in the stores, never here."""
