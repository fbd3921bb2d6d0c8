"""One branch: invoices"""
import sqlalchemy as sa
from alembic import op

revision = "0006a"
down_revision = "0005"
branch_labels = ("billing",)


def upgrade():
    invoice = op.create_table(
        "invoice",
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("line", sa.SmallInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("paid", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("number", "line"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_invoice_account", onupdate="CASCADE", initially="DEFERRED", deferrable=True
        ),
    )
    op.create_index("ix_invoice_open", "invoice", ["account_id"], postgresql_where=sa.text("NOT paid"))
    op.create_index("ix_invoice_lower", "invoice", [sa.text("lower(number)"), sa.text("line DESC")], unique=True)
    op.create_index(None, "invoice", ["paid"], postgresql_using="hash")
    op.bulk_insert(invoice, [{"number": "a", "line": 1, "paid": True}])


def downgrade():
    op.drop_table("invoice")
