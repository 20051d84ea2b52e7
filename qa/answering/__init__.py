"""One file a way of answering; `qa.assistant.WAYS` says in which order they are tried.

What a way needs from the law it gets from `evidence`, and words it by `composing`; no generator ever writes here.
"""
