"""What a run leaves for people: a page that explains every failure, a workbook to annotate, JUnit XML, a summary."""
