"""Backups of a whole newsroom, database and media in one archive, and the way back.

`archive` is the file's form, `databases` knows SQLite and PostgreSQL, `media` the uploaded files;
`making` and `restoring` are the two verbs, `keeping` says which archives stay.
"""
