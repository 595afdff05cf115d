"""Show: records as people read them (a table, the text with its marks) and as programs do (JSON, JSON Lines)."""
