"""Users and teams"""
import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False, comment="as people say it"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("name", name=op.f("uq_team_name")),
        comment="people who work together",
    )
    op.create_table(
        "user",
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("team.id", ondelete="SET NULL")),
        sa.Column("email", sa.String(length=100), nullable=False, index=True),
        sa.Column("status", sa.Enum("open", "closed", name="user_status"), server_default="open", nullable=False),
        sa.Column("Score", sa.Numeric(10, 2), server_default=sa.text("0")),
        sa.CheckConstraint('"Score" >= 0', name="score_is_positive"),
    )


def downgrade():
    op.drop_table("user")
    op.drop_table("team")
    op.execute("DROP TYPE user_status")
