"""E-mail in, checked draft out: nothing here sends anything, and no answer is composed here."""
