"""Word files as logical lines.

Counts its own lists, as Word does, since the numbers stand nowhere in the file.
"""
