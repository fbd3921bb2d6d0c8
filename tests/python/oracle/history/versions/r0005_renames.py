"""Tables, columns, constraints, indexes and sequences get other names"""
import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade():
    op.rename_table("user", "account")
    op.execute('ALTER TABLE account RENAME CONSTRAINT "user_team_id_fkey" TO fk_account_team')
    op.execute("ALTER TABLE account RENAME CONSTRAINT user_pkey TO account_pkey")
    op.execute("ALTER INDEX ix_team_title RENAME TO ux_team_title")
    op.alter_column("account", "Score", new_column_name="score")
    op.execute("ALTER TYPE colour RENAME VALUE 'green' TO 'blue'")
    op.execute("ALTER TYPE size RENAME TO shirt_size")


def downgrade():
    op.execute("ALTER TYPE shirt_size RENAME TO size")
    op.execute("ALTER TYPE colour RENAME VALUE 'blue' TO 'green'")
    op.alter_column("account", "score", new_column_name="Score", existing_type=sa.Numeric(10, 2))
    op.execute("ALTER INDEX ux_team_title RENAME TO ix_team_title")
    op.execute("ALTER TABLE account RENAME CONSTRAINT account_pkey TO user_pkey")
    op.execute('ALTER TABLE account RENAME CONSTRAINT fk_account_team TO "user_team_id_fkey"')
    op.rename_table("account", "user")
