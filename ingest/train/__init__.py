"""Training and measuring the embedded bilingual model; not needed to run the assistant."""
