"""Prints, as JSON, the SQL that Alembic itself sends for the bodies of revisions.

    python3 operations.py <cases.json

A case has a `dialect`, the `code` of one body, and maybe a naming `convention` of the metadata. Nothing runs: Alembic
renders what it would send, or says why it can't.
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


def render(case):
    buffer = io.StringIO()
    options = {"as_sql": True, "output_buffer": buffer}
    if "convention" in case:
        options["target_metadata"] = sa.MetaData(naming_convention=case["convention"])
    context = MigrationContext.configure(dialect_name=case["dialect"], opts=options)
    code = HEAD + "def upgrade():\n" + textwrap.indent(case["code"], "    ") + "\n    pass\n"
    names = {}
    try:
        exec(compile(code, "revision", "exec"), names)
        with Operations.context(context), context.begin_transaction():
            names["upgrade"]()
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
