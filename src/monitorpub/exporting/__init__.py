"""A profile as a Word document for review, and the way back of what the reviewer changed.  See docs/import.md, "Review in Word"."""
