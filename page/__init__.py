"""The web page: ask, read, your documents, evaluate; and the same for programs. A thin face over `qa`."""
