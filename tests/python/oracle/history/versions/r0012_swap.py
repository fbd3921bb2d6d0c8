"""An enum type in the place of another one"""
import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

old = sa.Enum("red", "blue", name="colour")
new = sa.Enum("red", "blue", "black", name="colour")


def swap(to, tables):
    op.execute("ALTER TYPE colour RENAME TO colour_old")
    to.create(op.get_bind())
    op.alter_column("account", "colour", server_default=None)
    for table in tables:
        op.alter_column(table, "colour", type_=to, postgresql_using="colour::text::colour")
    op.alter_column("account", "colour", server_default="red")
    op.execute("DROP TYPE colour_old")


def upgrade():
    swap(new, ["account", "shirt"])


def downgrade():
    swap(old, ["account", "shirt"])
