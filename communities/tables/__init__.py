"""The directory as tables: out to CSV and XLSX, and in again after a dry run.

`files` reads what was uploaded, `columns` says what stands in a column, `stations`, `communities`
and `activities` say which columns a table has, `comparing` lays a file beside the database without
writing, `taking_in` writes, `giving_out` makes files, `keeping` keeps an upload between two steps.
"""

from communities.tables.activities import Activities
from communities.tables.communities import Communities
from communities.tables.stations import Stations
from communities.tables.table import Table

EVERY = (Stations(), Communities(), Activities())
TABLES: dict[str, Table] = {table.kind: table for table in EVERY}
