"""Search: one interface, and a module of its own for each database."""
