"""What `alembic check` finds: models compared with the SQLite database that a revision leaves behind.

Reads `{"models": …, "upgrade": …}` from stdin, both Python; prints the differences, one list of words each.
"""

import json
import sys

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations


def words(difference):
    kind = difference[0]
    if kind in ("add_table", "remove_table"):
        return [kind, difference[1].name]
    if kind in ("add_column", "remove_column"):
        return [kind, difference[2], difference[3].name]
    if kind in ("modify_nullable", "modify_type"):
        return [kind, difference[2], difference[3]]
    return [kind]


given = json.load(sys.stdin)
names = {}
exec(given["models"], names)
engine = sa.create_engine("sqlite://")
with engine.connect() as connection:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    exec(given["upgrade"], {"op": Operations(context), "sa": sa})
    found = compare_metadata(context, names["Base"].metadata)
# Changes of one column come as a list of their own.
flat = [each for one in found for each in (one if isinstance(one, list) else [one])]
print(json.dumps([words(each) for each in flat]))
