"""An answer written with a language model: passages by token, a structured reply, code that restores and checks."""
