"""The language model that may be plugged in: one Protocol, one adapter, what it takes to connect it."""
