"""Both branches"""

revision = "0008"
down_revision = ("0007a", "0006b")


def upgrade():
    pass


def downgrade():
    pass
