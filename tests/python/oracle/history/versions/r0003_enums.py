"""Enum types in every way"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

colour = postgresql.ENUM("red", "green", name="colour", create_type=False)


def upgrade():
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE user_status ADD VALUE IF NOT EXISTS 'paused' BEFORE 'closed'")
    colour.create(op.get_bind(), checkfirst=False)
    sa.Enum("s", "m", "l", name="size").create(op.get_bind())
    op.add_column("user", sa.Column("colour", colour, nullable=False, server_default="red"))
    op.add_column("user", sa.Column("sizes", postgresql.ARRAY(sa.Enum("s", "m", "l", name="size", create_type=False))))
    op.create_table("shirt", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("colour", colour))


def downgrade():
    op.drop_table("shirt")
    op.drop_column("user", "sizes")
    op.drop_column("user", "colour")
    sa.Enum(name="size").drop(op.get_bind())
    colour.drop(op.get_bind(), checkfirst=False)
