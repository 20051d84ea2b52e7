"""What a question asks for that no text here holds: another state's law, another act, who holds an office now."""
