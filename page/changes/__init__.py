"""What changed between the two Constitutions, as HTML: the table by section, a row with its texts, the table to save.

Never decides what changed, or which section it belongs to: that is `qa.reading`'s.
"""
