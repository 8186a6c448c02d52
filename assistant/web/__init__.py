"""HTTP: translates between the public contract and the pipeline; holds no policy."""
