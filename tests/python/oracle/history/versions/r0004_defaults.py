"""Server defaults come, change and go"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"


def upgrade():
    op.add_column("team", sa.Column("made", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False))
    op.add_column("team", sa.Column("extra", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb")))
    op.add_column("team", sa.Column("double", sa.Integer(), sa.Computed("id * 2")))
    op.alter_column("user", "status", server_default=None)
    op.alter_column("user", "Score", server_default=sa.text("1"), existing_type=sa.Numeric(10, 2))
    op.alter_column("user", "email", server_default="nobody@example.com")


def downgrade():
    op.alter_column("user", "email", server_default=None)
    op.alter_column("user", "Score", server_default="0")
    op.alter_column("user", "status", server_default="open")
    for column in ("double", "extra", "made"):
        op.drop_column("team", column)
