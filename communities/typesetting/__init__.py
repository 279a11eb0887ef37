"""Setting type: the compiler in a process of its own, and the fonts it sets with.

Newspaper pages are set in `issues.typesetting`, posters here; this is what both stand on, in the
app that all others may import.
"""
