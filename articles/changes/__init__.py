"""What has changed in the record, and which state of it a reader sees.

The database keeps the log (`log.py`); whoever answers a reader looks at one state of the record from the first query
to the last (`state.py`). Whatever a process remembers of the record, it remembers together with the mark of a state.
"""
