"""Every way to write a column of SQLAlchemy 2.0."""

from __future__ import annotations

import datetime
import decimal
import typing as t
import uuid
from typing import ClassVar, Optional, Union

import sqlalchemy as sa
from sqlalchemy import (
    BigInteger,
    Computed,
    DateTime,
    Double,
    Enum,
    ForeignKey,
    Identity,
    Integer,
    Sequence,
    String,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, DOMAIN, JSONB
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, column_property, deferred, mapped_column, synonym
from sqlalchemy import orm

from . import base
from .base import Base, Color, Level, Mapping, Registered, Size, Status
from .base import bigpk, distinct, indexed, intpk, note, plain50, stamp, str30, str50, user_fk


class Plain(Base):
    __tablename__ = "plain"

    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[str] = mapped_column(String(20))
    b: Mapped[Optional[int]]
    c: Mapped["int | None"]
    d: Mapped[Optional[int]] = mapped_column(nullable=False)
    e: Mapped[int] = mapped_column(nullable=True)
    f: Mapped[int] = mapped_column("eff", index=True)
    g: Mapped[int] = mapped_column(unique=True, index=True)
    h: Mapped[int] = mapped_column(unique=True)
    i = mapped_column(Integer)
    j = mapped_column(String(5), nullable=False)
    k: orm.Mapped[t.Optional[str]]
    l: Mapped[Union[str, None]]
    m: Mapped[Union[None, str]]
    n: Mapped[None | str] = mapped_column(Text)
    o: Mapped[bool] = mapped_column(default=False)
    p: Mapped[bool] = mapped_column(server_default=sa.false())
    q: Mapped[str] = mapped_column(server_default="x", comment="Queue")
    r: Mapped[int] = mapped_column(name="are")
    s: Mapped[str] = mapped_column(type_=String(3))
    t: Mapped[datetime.datetime] = mapped_column(server_default=func.now(), onupdate=func.now())
    u: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    v: Mapped[int] = sa.Column(Integer)
    w: Mapped[Optional[int]] = sa.Column(Integer, nullable=False)
    count: ClassVar[int] = 0


class Annotations(Base):
    __tablename__ = "annotations"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    a: Mapped[int]
    b: Mapped[str]
    c: Mapped[bool]
    d: Mapped[float]
    e: Mapped[bytes]
    f: Mapped[datetime.datetime]
    g: Mapped[datetime.date]
    h: Mapped[datetime.time]
    i: Mapped[datetime.timedelta]
    j: Mapped[decimal.Decimal]
    k: Mapped[uuid.UUID]
    l: Mapped[Color]
    m: Mapped[Optional[Size]]
    n: Mapped[Level]
    o: Mapped[Status]
    p: Mapped[t.Literal["one", "three"]]
    q: Mapped[Color] = mapped_column(Enum(Color, name="colour", native_enum=True))
    r: Mapped[Size] = mapped_column(Enum(Size, values_callable=lambda e: [m.value for m in e], name="size_value"))
    s: Mapped[Size] = mapped_column(Enum(Size, native_enum=False, length=12))
    u: Mapped[base.Color] = mapped_column(nullable=True)


class Aliased(Base):
    __tablename__ = "person"

    id: Mapped[intpk]
    a: Mapped[str50]
    b: Mapped[Optional[str50]]
    c: Mapped[stamp]
    d: Mapped[note]
    e: Mapped[indexed]
    f: Mapped[distinct]
    g: Mapped[Optional[user_fk]]
    h: Mapped[plain50]
    i: Mapped[str50] = mapped_column(String(60))
    j: Mapped[indexed] = mapped_column("jay", unique=True)
    k: Mapped[t.Annotated[int, mapped_column(BigInteger)]]
    l: Mapped[str50] = mapped_column(nullable=True)
    m: Mapped[Optional[stamp]]
    n: Mapped[base.str50]


class BigKey(Base):
    __tablename__ = "big_key"

    id: Mapped[bigpk]
    up: Mapped[user_fk]


class Mapped2(Mapping):
    __tablename__ = "mapping"

    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[str]
    b: Mapped[Optional[str30]]
    c: Mapped[datetime.datetime]
    d: Mapped[decimal.Decimal] = mapped_column(index=True)
    h: Mapped[str] = mapped_column(String(3), unique=True)
    i: Mapped[int] = mapped_column(ForeignKey("mapping.id"))
    j: Mapped[bool]


class InRegistry(Registered):
    __tablename__ = "in_registry"

    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[str] = mapped_column(index=True)
    up_id: Mapped[int] = mapped_column(ForeignKey("reg.in_registry.id"))


class Made(Base):
    __tablename__ = "made"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    a: Mapped[int] = mapped_column(Computed("id + 1"))
    b: Mapped[Optional[int]] = mapped_column(Identity(always=True))
    c: Mapped[int] = mapped_column(Sequence("c_ids"))
    d: Mapped[int] = mapped_column(insert_default=5)
    e: Mapped[float] = mapped_column(Double)
    f: Mapped[str] = mapped_column(Uuid(as_uuid=False))
    g: Mapped[list[str]] = mapped_column(ARRAY(String(4)))
    h: Mapped[dict] = mapped_column(JSONB, server_default=text("'{}'"))
    i: Mapped[str] = mapped_column(DOMAIN("mail", String(90)))
    j: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite", "mysql"))
    k: Mapped[str] = mapped_column(Text, deferred=True)
    l: Mapped[str] = mapped_column(sort_order=-1)
    m: Mapped[Optional[int]] = mapped_column(ForeignKey("plain.id"))
    n: Mapped[Optional[int]] = mapped_column(ForeignKey(Plain.f))


class Derived(Base):
    __tablename__ = "derived"

    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[int] = mapped_column()
    doubled: Mapped[int] = column_property(a * 2)
    alias: Mapped[int] = synonym("a")
    late: Mapped[str] = deferred(mapped_column(Text))
    proper: Mapped[int] = column_property(mapped_column("prop", Integer, nullable=False))
    names: AssociationProxy[list[str]] = association_proxy("children", "name")

    @hybrid_property
    def tripled(self) -> int:
        return self.a * 3

    @tripled.inplace.expression
    @classmethod
    def _tripled(cls):
        return cls.a * 3
