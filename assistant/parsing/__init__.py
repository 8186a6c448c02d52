"""From a sentence to typed inputs, without a model: numbers, names of the domain, lists of bodies, parts to play."""
