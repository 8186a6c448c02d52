"""Answers to measures."""
