"""Public data that is not in the repository, to measure retrieval, gate and extraction on words we did not write."""
