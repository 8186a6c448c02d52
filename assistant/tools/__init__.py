"""Deterministic tools: no model, no I/O at call time."""
