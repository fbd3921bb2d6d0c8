"""The branch of invoices goes on, once the audit is there"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007a"
down_revision = "0006a"
depends_on = "0006b"


def upgrade():
    op.add_column("invoice", sa.Column("entry_id", postgresql.UUID(), nullable=True))
    op.create_foreign_key("fk_invoice_entry", "invoice", "entry", ["entry_id"], ["id"], referent_schema="audit")
    op.create_table_comment("invoice", "what is owed")


def downgrade():
    op.drop_table_comment("invoice", existing_comment="what is owed")
    op.drop_constraint("fk_invoice_entry", "invoice", type_="foreignkey")
    op.drop_column("invoice", "entry_id")
