"""How the page gets quickly over a slow line: what is sent is packed, kept by browsers, and asked for ahead of need.

No content of the page, and nothing of who may have it.
"""
