"""A model at hand reads a question and chooses among what was found for it: asking it, its reply, whether it may.

Never cites what was not a candidate, and shows no word of the model's that no provision chosen bears out.
"""
