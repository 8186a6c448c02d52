"""Whether the words that a statement rests on say what it says: the guard's checks on a language model's sentences."""
