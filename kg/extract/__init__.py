"""Reading facts out of reports."""
