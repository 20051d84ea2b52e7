"""Getting legislation into a library and out of it: adding, syncing, backup and restore. How a library is searched, and
what is answered from it, never stands here."""
