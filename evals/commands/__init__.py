"""The commands of `balise eval`, one file each: arguments in, text and exit code out."""
