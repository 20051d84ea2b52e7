"""Words of matters that contracts, rules and charters settle, in three languages, so that "they want me gone by Friday"
and a clause on notice of termination meet."""

from index.clauses.thesaurus.thesaurus import MattersOf, Thesaurus, load_thesaurus

__all__ = ["MattersOf", "Thesaurus", "load_thesaurus"]
