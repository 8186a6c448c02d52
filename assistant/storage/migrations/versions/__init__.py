"""One module for each change of the tables, oldest first. A module that was released is never edited."""
