from typing import Optional

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Table
from sqlalchemy import UniqueConstraint, desc, func
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, declared_attr, mapped_column, registry, relationship

from .base import Base, Mapping, intpk
from .mixins import Last, Naming, Numbered, Owned, Sized, Stamped


class Automatic(Naming):
    id: Mapped[int] = mapped_column(primary_key=True)


class Article(Numbered, Stamped, Base):
    __tablename__ = "article"

    title: Mapped[str] = mapped_column(String(80))


class Photo(Last, Sized, Stamped, Owned, Base):
    __tablename__ = "photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    width: Mapped[int]


class Constrained(Mapping):
    __tablename__ = "constrained"
    __table_args__ = (
        UniqueConstraint("a", "b"),
        UniqueConstraint("b", name="given"),
        CheckConstraint("a > 0", name="positive"),
        ForeignKeyConstraint(["a", "b"], ["constrained.b", "constrained.a"]),
        Index(None, "a", "b"),
        {"comment": "Constrained rows"},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[int]
    b: Mapped[int] = mapped_column(CheckConstraint("b > 1", name="above"))


class Ordered(Base):
    __tablename__ = "ordered"

    id: Mapped[intpk]
    name: Mapped[str] = mapped_column("label", String(9))
    at: Mapped[int] = mapped_column()

    __table_args__ = (
        Index("ix_ordered_lower", func.lower(name)),
        Index("ix_ordered_at", at.desc(), name),
        Index("ix_ordered_desc", desc("at"), unique=True),
        UniqueConstraint(name, "at", name="uq_ordered"),
    )


class DataBase(MappedAsDataclass, DeclarativeBase):
    pass


class Data(DataBase):
    __tablename__ = "data"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    a: Mapped[str] = mapped_column(default="x")
    b: Mapped[Optional[int]] = mapped_column(default=None, insert_default=lambda: 1)
    c: Mapped[int] = mapped_column(default_factory=lambda: 2)
    d: Mapped[Optional[str]] = mapped_column(String(7), default=None, kw_only=True)


class Standalone(MappedAsDataclass, Base, unsafe_hash=True):
    __tablename__ = "standalone"

    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[str] = mapped_column(init=False)


reg = registry()


@reg.mapped_as_dataclass
class Decorated:
    __tablename__ = "decorated"

    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[str]


@reg.mapped
class DecoratedToo:
    __tablename__ = "decorated_too"

    id: Mapped[int] = mapped_column(primary_key=True)


Generated = reg.generate_base()


class FromGenerated(Generated):
    __tablename__ = "from_generated"

    id = Column(Integer, primary_key=True)
    a: Mapped[Optional[str]]


link = Table(
    "link",
    Base.metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("photo_id", ForeignKey("photo.id"), primary_key=True),
)
