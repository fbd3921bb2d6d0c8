"""Prints, as JSON, the SQL that Alembic itself sends for the bodies of revisions.

    python3 operations.py <cases.json

A case has a `dialect`, the `code` of one body, and maybe a naming `convention` of the metadata. Nothing runs: Alembic
renders what it would send, or says why it can't. Bodies under `history` instead run one after the other on SQLite, and
the answer is the schema that they leave.
"""

import io
import json
import sys
import textwrap
import warnings

import alembic
import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

warnings.simplefilter("ignore")

HEAD = "from alembic import op\nimport sqlalchemy as sa\nfrom sqlalchemy.dialects import mysql, postgresql\n"


def upgrade_of(code):
    names = {}
    exec(compile(HEAD + "def upgrade():\n" + textwrap.indent(code, "    ") + "\n    pass\n", "revision", "exec"), names)
    return names["upgrade"]


def run(history):
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        for code in history:
            context = MigrationContext.configure(connection)
            try:
                with Operations.context(context), context.begin_transaction():
                    upgrade_of(code)()
            except Exception as error:
                return {"error": f"{type(error).__name__}: {error} in {code}"}
        rows = connection.execute(sa.text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC"))
        return {"sql": ";\n".join(row[0] for row in rows)}


def render(case):
    if "history" in case:
        return run(case["history"])
    buffer = io.StringIO()
    options = {"as_sql": True, "output_buffer": buffer}
    if "convention" in case:
        options["target_metadata"] = sa.MetaData(naming_convention=case["convention"])
    context = MigrationContext.configure(dialect_name=case["dialect"], opts=options)
    try:
        with Operations.context(context), context.begin_transaction():
            upgrade_of(case["code"])()
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {"sql": buffer.getvalue()}


if __name__ == "__main__":
    json.dump(
        {
            "versions": {"alembic": alembic.__version__, "sqlalchemy": sa.__version__},
            "answers": [render(case) for case in json.load(sys.stdin)],
        },
        sys.stdout,
    )
