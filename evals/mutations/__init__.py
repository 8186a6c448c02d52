"""The program damaged on purpose, one way at a time, to see whether the gate notices."""
