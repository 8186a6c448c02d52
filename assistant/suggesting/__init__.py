"""Ways of asking for a passage, drafted by a language model for a person to review."""
