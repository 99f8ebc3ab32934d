"""The pages: lists, records, and texts."""
