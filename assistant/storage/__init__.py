"""What Balise remembers between two questions: tables, their migrations, and the functions that read and write them."""
