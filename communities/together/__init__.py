"""Several lists of rows fetched together: what a page shows costs it one trip, not one a list.

A page needs many small lists: a story its bylines, photos, tags, places, corrections. Django asks
for each of them by itself. Here query sets stay what they are, with their conditions, orders and
slices; only the asking is joined:

- `fetch(one, other, …)` fills query sets that nobody has looked into yet, all in one query.
- `give(rows, "bylines", "photos")` gives rows what belongs to them, as `prefetch_related_objects`
  does, all lookups in one query. `TogetherQuerySet.along` says so of a query set, as
  `prefetch_related` does.
- `hang` and `hand_out` give rows what was found for them in another way.
- `Prepared` writes the query of several query sets down once and asks it again with other values
  (`Given`): building the SQL of a dozen query sets takes Django longer than a page may take. On
  PostgreSQL they are prepared statements, made when a connection is first asked for them.
- `listed` asks for many keys as for one value.
- `KeysOf` brings the keys of a few rows along as one value of another row.

On SQLite the lists are the parts of one compound SELECT, padded to the same width: its columns
have no types of their own. On PostgreSQL, where they have, they are several statements sent in one
message. Either way each value comes as the database gives it to Django, and goes through the same
converters: nothing is turned into JSON and back. Rows stay in the order of their query set.
"""

from .fetching import TogetherQuerySet, fetch, give, hand_out, hang
from .keys import KeysOf, listed
from .prepared import Given, GivenKeys, Prepared

__all__ = [
    "Given",
    "GivenKeys",
    "KeysOf",
    "Prepared",
    "TogetherQuerySet",
    "fetch",
    "give",
    "hand_out",
    "hang",
    "listed",
]
