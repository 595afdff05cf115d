"""From a text to marks: the small model and what reads its output."""
