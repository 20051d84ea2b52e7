"""Acts of legislation as people keep them: in folders and files, with what is told of them beside, read into
provisions. Where a library is stored and searched never stands here."""
