"""Which entries have which value of which facet, as bitmaps of primary keys: counting them is an intersection.

The index lives in the memory of each process. The database keeps a log of what has changed (articles/changes); a
process that is behind reads the lines that it has missed, or builds anew (`keeping.py`). What the bitmaps hold, and
what is asked of them, stands in `index.py`; which facets there are, the FilterSets say.
"""
