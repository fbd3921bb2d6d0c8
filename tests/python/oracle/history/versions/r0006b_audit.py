"""The other branch: a schema of its own"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006b"
down_revision = "0005"


def upgrade():
    op.execute("CREATE SCHEMA audit")
    op.create_table(
        "entry",
        sa.Column("id", postgresql.UUID(as_uuid=True), primary_key=True),
        sa.Column("at", sa.TIMESTAMP(), nullable=False),
        sa.Column("what", sa.Text()),
        schema="audit",
    )
    op.create_index("ix_entry_at", "entry", ["at"], schema="audit")
    op.alter_column(
        "entry", "at", type_=sa.DateTime(timezone=True), postgresql_using="at AT TIME ZONE 'UTC'", schema="audit"
    )
    op.create_check_constraint("what_is_said", "entry", "what <> ''", schema="audit")


def downgrade():
    op.drop_table("entry", schema="audit")
    op.execute("DROP SCHEMA audit")
