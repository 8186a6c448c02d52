"""One module a file format: file to source."""
