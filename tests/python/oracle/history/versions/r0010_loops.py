"""Helpers, loops and conditions"""
import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

TABLES = {"account": "accounts", "team": "teams"}


def timestamps(nullable=False):
    return [
        sa.Column(name, sa.DateTime(), nullable=nullable, server_default=sa.text("CURRENT_TIMESTAMP"))
        for name in ("created_at", "updated_at")
    ]


def index(table, *columns, unique=False):
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), unique=unique)


def upgrade():
    for table in sorted(TABLES):
        for column in timestamps(nullable=table == "team"):
            op.add_column(table, column)
        index(table, "created_at", "id", unique=True)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE team ADD CONSTRAINT title_is_long CHECK (length(title) > 2) NOT VALID")
    else:
        op.create_check_constraint("title_is_long", "team", "length(title) > 3")
    inspector = sa.inspect(op.get_bind())
    if "nowhere" in inspector.get_table_names():
        op.drop_table("nowhere")


def downgrade():
    op.drop_constraint("title_is_long", "team", type_="check")
    for table in reversed(sorted(TABLES)):
        op.drop_index(op.f(f"ix_{table}_created_at_id"), table_name=table)
        for name in ("updated_at", "created_at"):
            op.drop_column(table, name)
