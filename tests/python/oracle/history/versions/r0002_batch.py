"""Batch mode, which is plain ALTER here"""
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.add_column(sa.Column("nick", sa.String(20), nullable=True))
        batch_op.add_column(sa.Column("chief_id", sa.BigInteger(), nullable=True))
        batch_op.alter_column("email", existing_type=sa.String(100), type_=sa.Text(), nullable=True)
        batch_op.create_unique_constraint("uq_user_nick", ["nick", "team_id"])
        batch_op.create_foreign_key("fk_user_chief", "user", ["chief_id"], ["id"], ondelete="CASCADE", deferrable=True)
        batch_op.create_check_constraint("nick_is_short", sa.func.length(sa.column("nick")) < 15)
        batch_op.drop_index("ix_user_email")
    with op.batch_alter_table("team") as batch_op:
        batch_op.alter_column("name", new_column_name="title", existing_type=sa.String(40))
        batch_op.create_index("ix_team_title", ["title"], unique=True)


def downgrade():
    with op.batch_alter_table("team") as batch_op:
        batch_op.drop_index("ix_team_title")
        batch_op.alter_column("title", new_column_name="name", existing_type=sa.String(40))
    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.create_index("ix_user_email", ["email"])
        batch_op.drop_constraint("nick_is_short", type_="check")
        batch_op.drop_constraint("fk_user_chief", type_="foreignkey")
        batch_op.drop_constraint("uq_user_nick", type_="unique")
        batch_op.alter_column("email", existing_type=sa.Text(), type_=sa.String(100), nullable=False)
        batch_op.drop_column("chief_id")
        batch_op.drop_column("nick")
