"""The Textual app of Rashomon."""
