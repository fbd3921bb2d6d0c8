"""A way back that leaves something behind"""
import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade():
    op.create_table(
        "order",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.Enum("in", "out", name="order_kind"), nullable=False),
    )
    op.create_index("ix_team_made", "team", ["made"])
    op.alter_column("team", "extra", nullable=False)


def downgrade():
    op.drop_table("order")
