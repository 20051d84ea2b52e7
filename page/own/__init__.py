"""A visitor's own documents on the page: whether they are asked, what they say beside the law, where in them it stands,
and reading them. Never here: retrieval or answering, and nothing that outlives the visitor's session."""
