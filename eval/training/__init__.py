"""Trains the embedder further on what people ask: `make train`. Needs torch, and better a machine of its own."""
