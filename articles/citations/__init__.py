"""How entries are cited: one `Reference`, two styles of plain text, four formats for reference managers.

Pure: no database. `articles.references` makes the references.
"""
