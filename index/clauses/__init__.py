"""The order of clauses in documents of which nothing is known beforehand."""
