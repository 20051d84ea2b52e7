"""Sentences about provisions, half of them corrupted in one way each: how many the verification catches."""
