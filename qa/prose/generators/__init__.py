"""Language models that write: what is needed of one, the kinds there are, and opening the one named."""
