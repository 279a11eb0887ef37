"""The page cache: public pages kept whole in front of Django, and never stale.

`layer` answers requests, `store` keeps pages within a number of bytes, `page` is one of them,
`routes` says which addresses are kept and what of their query counts, `version` tells whether
something has changed, `changes` has the triggers by which the database notices it.
"""
