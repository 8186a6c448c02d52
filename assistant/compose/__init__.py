"""Kept and rejected passages, tool results: to a draft."""
