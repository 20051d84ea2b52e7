"""What the product stands: `make harden` tries every entrance and prints one table, `make soak` asks for an hour.

Measures no accuracy, and mends nothing.
"""
