"""One file a way of answering, and composing what they share.

What a way needs from the law it gets from `evidence`; no generator ever writes here.
"""
