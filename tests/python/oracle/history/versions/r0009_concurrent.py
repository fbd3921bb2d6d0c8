"""Indexes outside of the transaction"""
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade():
    op.execute("SET lock_timeout = '2s'")
    with op.get_context().autocommit_block():
        op.create_index("ix_account_team", "account", ["team_id"], postgresql_concurrently=True)
        op.drop_index("ix_invoice_open", table_name="invoice", postgresql_concurrently=True)


def downgrade():
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_invoice_open", "invoice", ["account_id"], postgresql_concurrently=True, postgresql_where="NOT paid"
        )
        op.drop_index("ix_account_team", table_name="account", postgresql_concurrently=True)
