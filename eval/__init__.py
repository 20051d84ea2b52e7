"""Measuring the assistant: data sets, retrieval and abstention figures, the benchmark of its speed."""
