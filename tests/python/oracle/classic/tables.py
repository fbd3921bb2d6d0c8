"""Every way to write a table, its keys and its indexes."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    desc,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint, INT4RANGE
from sqlalchemy.orm import registry

from .base import Base, Conventional, Placed
from .mixins import Named, Numbered, Searchable, Stamped


class Literal(Base):
    __tablename__ = "literal"
    __table_args__ = (
        UniqueConstraint("a", "b", name="uq_literal"),
        UniqueConstraint("b"),
        CheckConstraint("a > 0", name="positive"),
        CheckConstraint("a < b"),
        Index("ix_literal_ba", "b", "a"),
        Index(None, "c"),
        {"comment": "Literal rows", "mysql_engine": "InnoDB"},
    )

    id = Column(Integer, primary_key=True)
    a = Column(Integer)
    b = Column(Integer)
    c = Column(Integer)


class OnlyDict(Base):
    __tablename__ = "only_dict"
    __table_args__ = {"schema": "other", "comment": "By dict"}

    id = Column(Integer, primary_key=True)
    a = Column(Integer, index=True)
    parent_id = Column(Integer, ForeignKey("other.only_dict.id"))


class Inside(Base):
    __tablename__ = "inside"

    id = Column(Integer, primary_key=True)
    name = Column("label", String(30))
    at = Column(DateTime)

    __table_args__ = (
        Index("ix_inside_lower", func.lower(name)),
        Index("ix_inside_at", at.desc()),
        Index("ix_inside_desc", desc(at), name, unique=True),
        Index("ix_inside_where", "at", postgresql_where=text("label IS NOT NULL")),
        Index("ix_inside_using", name, postgresql_using="gin", postgresql_ops={"label": "gin_trgm_ops"}),
        Index("ix_inside_include", at, postgresql_include=["label"]),
        Index("ix_inside_text", text("lower(label)")),
        UniqueConstraint(name, at),
        CheckConstraint("label <> ''", name="filled"),
    )


class Composite(Base):
    __tablename__ = "composite"
    __table_args__ = (
        PrimaryKeyConstraint("b", "a", name="composite_key"),
        ForeignKeyConstraint(["a", "b"], ["pair.x", "pair.y"], ondelete="CASCADE", name="to_pair"),
    )

    a = Column(Integer)
    b = Column(Integer)


class Pair(Base):
    __tablename__ = "pair"

    x = Column(Integer, primary_key=True)
    y = Column(Integer, primary_key=True)


class Excluding(Base):
    __tablename__ = "excluding"
    __table_args__ = (ExcludeConstraint(("during", "&&"), name="no_overlap", using="gist"),)

    id = Column(Integer, primary_key=True)
    during = Column(INT4RANGE)


class Article(Named, Numbered, Stamped, Base):
    title = Column(String(80), nullable=False)


class Page(Numbered, Searchable, Base):
    __tablename__ = "page"

    body = Column(Text)


class Unnamed:
    pass


class Account(Conventional):
    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("email", "tenant"),
        CheckConstraint("age > 0", name="adult"),
        UniqueConstraint("tenant", name="given"),
        ForeignKeyConstraint(["tenant", "email"], ["account.email", "account.tenant"]),
        Index(None, "age", "email"),
    )

    id = Column(Integer, primary_key=True)
    email = Column(String(40), unique=True)
    tenant = Column(String(40))
    age = Column(Integer, index=True)
    parent_id = Column(ForeignKey("account.id"))


class Placing(Placed):
    __tablename__ = "placing"

    id = Column(Integer, primary_key=True)
    a = Column(Integer, index=True)
    up_id = Column(Integer, ForeignKey("stock.placing.id"))


article_tags = Table(
    "article_tags",
    Base.metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("tag", String(20), primary_key=True, index=True),
)

own = MetaData(naming_convention={"uq": "uq_%(table_name)s_%(column_0_N_name)s"}, schema="apart")

loose = Table(
    "loose",
    own,
    Column("id", Integer, primary_key=True),
    Column("a", Integer, nullable=False, unique=True),
    Column("b", Integer, index=True),
    UniqueConstraint("a", "b"),
    Index("ix_loose_ab", "a", "b"),
    comment="Loose rows",
)
Index("ix_loose_beside", loose.c.b, loose.c.a.desc())

placed = Table("placed", Base.metadata, Column("id", Integer, primary_key=True), schema="other")

mapped_table = Table(
    "mapped_table", Base.metadata, Column("id", Integer, primary_key=True), Column("note", Text, nullable=False)
)


class Mapped(Base):
    __table__ = mapped_table


class Owning(Base):
    __table__ = Table("owning", Base.metadata, Column("id", Integer, primary_key=True), Column("n", Integer))


class Imperative:
    pass


mapper_registry = registry()
imperative = Table("imperative", mapper_registry.metadata, Column("id", Integer, primary_key=True))
mapper_registry.map_imperatively(Imperative, imperative)


@mapper_registry.mapped
class Decorated:
    __tablename__ = "decorated"

    id = Column(Integer, primary_key=True)
    a = Column(Integer)


Index("ix_article_title", Article.title, Article.created_at.desc())


def create(engine):
    own.create_all(engine)
