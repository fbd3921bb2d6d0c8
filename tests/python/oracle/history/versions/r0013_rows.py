"""Rows, and what they allow afterwards"""
import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

team = sa.table("team", sa.column("id", sa.Integer()), sa.column("title", sa.String()))


def upgrade():
    op.add_column("shirt", sa.Column("team_id", sa.Integer(), nullable=True))
    op.bulk_insert(team, [{"title": "first"}, {"title": "second"}])
    connection = op.get_bind()
    for row in connection.execute(sa.select(team.c.id).where(team.c.title == "first")):
        connection.execute(sa.text("INSERT INTO shirt (team_id) VALUES (:id)").bindparams(id=row[0]))
    op.execute(team.update().where(team.c.title == "first").values(title="third"))
    op.execute("UPDATE shirt SET team_id = 1 WHERE team_id IS NULL")
    op.alter_column("shirt", "team_id", existing_type=sa.Integer(), nullable=False)


def downgrade():
    op.execute("DELETE FROM team")
    op.drop_column("shirt", "team_id")
