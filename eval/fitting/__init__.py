"""Fitting of the models whose weights ship in `qa`, to development questions: `python -m eval.fitting.NAME --write`."""
