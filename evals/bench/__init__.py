"""This program beside what one would build instead in an afternoon: same documents, same questions, same run."""
