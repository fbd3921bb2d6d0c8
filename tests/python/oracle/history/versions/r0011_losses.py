"""What goes along with a column or a constraint"""
import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade():
    op.drop_column("account", "nick")
    op.drop_constraint("fk_account_team", "account", type_="foreignkey")
    op.drop_constraint(op.f("pk_team"), "team", type_="primary")
    op.create_primary_key("team_key", "team", ["id"])
    op.create_unique_constraint(None, "team", ["title", "id"])
    op.alter_column("account", "score", type_=sa.BigInteger(), postgresql_using="score::bigint", nullable=False)
    op.execute("ALTER TABLE team VALIDATE CONSTRAINT title_is_long")


def downgrade():
    op.alter_column("account", "score", type_=sa.Numeric(10, 2), nullable=True)
    op.drop_constraint("team_title_id_key", "team", type_="unique")
    op.drop_constraint("team_key", "team", type_="primary")
    op.create_primary_key("pk_team", "team", ["id"])
    op.create_foreign_key("fk_account_team", "account", "team", ["team_id"], ["id"], ondelete="SET NULL")
    op.add_column("account", sa.Column("nick", sa.String(20), nullable=True))
    op.create_unique_constraint("uq_user_nick", "account", ["nick", "team_id"])
    op.create_check_constraint("nick_is_short", "account", "length(nick) < 15")
