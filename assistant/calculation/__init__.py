"""From what a question gives to the tool that computes it, or to what is missing."""
