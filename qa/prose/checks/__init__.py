"""One file a check of a written sentence against the provisions it cites.

Each can only doubt, and knows nothing of the others; `qa.prose.verification` asks them in order.
"""
