"""An archive made up to measure by: as many stories and stations as are asked for.

`manage.py fill` makes it. The same seed and the same last day make the same archive. `phrases` has
the words, `tables` writes rows in bulk, `newsroom` makes the sections, places, people and words
that stories belong to, `stories` the stories with their issues and what search holds of them,
`stations` the stations; `loading` does it in their order.
"""
