"""Every way to write a table of Flask-SQLAlchemy."""

import enum

from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from .extensions import db


class Kind(enum.Enum):
    ONE = 1
    TWO = 2


class Timestamped:
    created = db.Column(db.DateTime, server_default=db.func.now(), nullable=False)


class UserRole(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(30), nullable=False, index=True)
    users = db.relationship("User", secondary="role_users", back_populates="roles")


class User(Timestamped, db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(db.String(9), unique=True)
    kind = db.Column(db.Enum(Kind), default=Kind.ONE)
    roles = db.relationship(UserRole, secondary=lambda: role_users, back_populates="users")
    posts = db.relationship("BlogPost", backref=db.backref("author", lazy="joined"), lazy="dynamic")


role_users = db.Table(
    "role_users",
    db.Column("user_id", db.ForeignKey("user.id"), primary_key=True),
    db.Column("role_id", db.Integer, db.ForeignKey("user_role.id"), primary_key=True),
)


class BlogPost(db.Model):
    __table_args__ = (db.UniqueConstraint("author_id", "title"), db.Index("ix_post_title", "title"))

    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(80))
    author_id = db.Column(db.Integer, db.ForeignKey("user.id", ondelete="CASCADE"), nullable=False)
    type = db.Column(db.String(9))
    __mapper_args__ = {"polymorphic_on": type, "polymorphic_identity": "post"}


class VideoPost(BlogPost):
    """Joins its parent's table."""

    __mapper_args__ = {"polymorphic_identity": "video"}

    length = db.Column(db.Integer)


class AudioPost(BlogPost):
    """Joins its parent's table too, for all that it is named."""

    __tablename__ = "audio_post"
    __mapper_args__ = {"polymorphic_identity": "audio"}


class LongPost(BlogPost):
    """Has a table of its own, by its key."""

    __mapper_args__ = {"polymorphic_identity": "long"}

    id = db.Column(db.Integer, db.ForeignKey("blog_post.id"), primary_key=True)
    chapters = db.Column(db.Integer, nullable=False)


class HTTPServer(db.Model):
    id = db.Column(db.Integer, primary_key=True)


class OAuth2Token(db.Model):
    id = db.Column(db.Integer, primary_key=True)


class User2FA(db.Model):
    id = db.Column(db.BigInteger, primary_key=True)


class Foo_Bar(db.Model):
    id = db.Column(db.Integer, primary_key=True)


class _Hidden(db.Model):
    id = db.Column(db.Integer, primary_key=True)


class Base(db.Model):
    __abstract__ = True

    id = db.Column(db.Integer, primary_key=True)


class FromBase(Base):
    a = db.Column(db.Integer)


class Given(Base):
    __tablename__ = "given_name"


class Prefixed(db.Model):
    __abstract__ = True

    @declared_attr
    def __tablename__(cls):
        return "x_" + cls.__name__.lower()


class Thing(Prefixed):
    id = db.Column(db.Integer, primary_key=True)


class Elsewhere(db.Model):
    __bind_key__ = "audit"

    id = db.Column(db.Integer, primary_key=True)
    a = db.Column(db.Text, comment="Elsewhere")


class OwnTable(db.Model):
    __table__ = db.Table("own_table", db.Column("id", db.Integer, primary_key=True), db.Column("a", db.Text))
