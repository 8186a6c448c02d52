"""Documents to units, units to an index."""
