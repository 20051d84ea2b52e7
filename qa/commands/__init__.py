"""The command line: one file a group of commands, and how results look in a terminal.

Only words go in and out here; whatever decides anything lives below.
"""
