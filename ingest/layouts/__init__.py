"""One module a way of laying out a document: source to units."""
