"""Every way to write a column of SQLAlchemy 1.x."""

import datetime
import uuid

import sqlalchemy as sa
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Computed,
    DateTime,
    Enum,
    Float,
    ForeignKey,
    Identity,
    Integer,
    Interval,
    JSON,
    LargeBinary,
    Numeric,
    PickleType,
    Sequence,
    SmallInteger,
    String,
    Text,
    Unicode,
    UnicodeText,
    func,
    text,
)
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.dialects.postgresql import ARRAY, INET, JSONB, TSVECTOR, UUID
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import column_property, deferred, synonym
from sqlalchemy.types import CHAR, TypeDecorator

from .base import PREFIX, Base
from .kinds import STATES, Color, Size


class Plain(Base):
    __tablename__ = "plain"

    id = Column(Integer, primary_key=True)
    a = Column(Integer)
    b = Column("bee", Text, nullable=False)
    c = Column(String(20), nullable=False, unique=True)
    d = Column(String(20), index=True)
    e = Column(String(20), unique=True, index=True)
    f = sa.Column(sa.Numeric(10, 2), default=0)
    g = Column(Integer, server_default="0", nullable=False)
    h = Column(DateTime, server_default=func.now())
    i = Column(DateTime(timezone=True), server_default=text("CURRENT_TIMESTAMP"))
    j = Column(String(5), server_default="it's")
    k = Column(Integer, comment="The count", doc="Not stored")
    l = Column(Integer, key="el")
    m = Column(name="em", type_=Integer)
    n = Column(Boolean, server_default=sa.true())
    o = Column(Boolean, server_default=sa.false(), nullable=False)
    p = Column(Integer, default=lambda: 1, nullable=True)
    q = Column("queue", String(3), default="abc", nullable=None or False)


class Types(Base):
    __tablename__ = "types"

    id = Column(BigInteger, primary_key=True)
    small = Column(SmallInteger)
    boolean = Column(Boolean)
    real = Column(Float)
    real24 = Column(Float(24))
    real53 = Column(Float(53))
    number = Column(Numeric)
    number5 = Column(Numeric(5))
    number52 = Column(Numeric(precision=5, scale=2))
    text = Column(Text)
    unicode = Column(Unicode(30))
    unicode_text = Column(UnicodeText)
    binary = Column(LargeBinary)
    pickled = Column(PickleType)
    date = Column(sa.Date)
    time = Column(sa.Time)
    time_zoned = Column(sa.Time(timezone=True))
    at = Column(DateTime)
    at_zoned = Column(DateTime(True))
    span = Column(Interval)
    data = Column(JSON)
    fixed = Column(CHAR(3))
    upper = Column(sa.VARCHAR(7))
    national = Column(sa.NVARCHAR(8))
    stamp = Column(sa.TIMESTAMP)
    stamp_zoned = Column(sa.TIMESTAMP(timezone=True))
    whole = Column(sa.INTEGER())
    blob = Column(sa.BLOB)
    decimal = Column(sa.DECIMAL(8, 3))


class PostgresTypes(Base):
    __tablename__ = "postgres_types"

    id = Column(UUID(as_uuid=True), primary_key=True, default=uuid.uuid4)
    data = Column(JSONB, nullable=False, server_default=text("'{}'::jsonb"))
    tags = Column(ARRAY(String(30)))
    grid = Column(ARRAY(Integer, dimensions=2))
    address = Column(INET)
    words = Column(TSVECTOR)
    precise = Column(postgresql.TIMESTAMP(timezone=True, precision=3))
    text_id = Column(postgresql.UUID)
    network = Column(postgresql.CIDR)
    money = Column(postgresql.MONEY)
    doubled = Column(postgresql.DOUBLE_PRECISION)
    bits = Column(postgresql.BIT(4))
    whole = Column(postgresql.INT4RANGE)
    period = Column(postgresql.TSTZRANGE)
    extra = Column(postgresql.HSTORE)
    kind = Column(postgresql.ENUM("x", "y", name="axis"))


class MysqlTypes(Base):
    __tablename__ = "mysql_types"

    id = Column(mysql.INTEGER(unsigned=True), primary_key=True)
    tiny = Column(mysql.TINYINT(1))
    medium = Column(mysql.MEDIUMTEXT)
    long = Column(mysql.LONGTEXT)
    precise = Column(mysql.DATETIME(fsp=6))
    big = Column(mysql.BIGINT(unsigned=True))
    kind = Column(mysql.ENUM("x", "y"))
    wide = Column(mysql.VARCHAR(50))
    year = Column(mysql.YEAR)
    doubled = Column(mysql.DOUBLE)
    data = Column(mysql.LONGBLOB)


class Keys(Base):
    __tablename__ = "keys"

    a = Column(Integer, ForeignKey("plain.id"), primary_key=True)
    b = Column(String(3), primary_key=True, nullable=True)


class TextKey(Base):
    __tablename__ = "text_key"

    code = Column(String(3), primary_key=True, autoincrement=False)
    n = Column(Integer)


class Unnumbered(Base):
    __tablename__ = "unnumbered"

    id = Column(Integer, primary_key=True, autoincrement=False)


class HalfNumbered(Base):
    __tablename__ = "half_numbered"

    a = Column(Integer, primary_key=True, autoincrement=True)
    b = Column(Integer, primary_key=True)


class Referring(Base):
    __tablename__ = "referring"

    id = Column(Integer, primary_key=True)
    by_text = Column(Integer, ForeignKey("plain.id", ondelete="CASCADE", onupdate="SET NULL"))
    by_attribute = Column(Integer, ForeignKey(Plain.id))
    by_renamed = Column(Text, ForeignKey(Plain.b))
    by_table = Column(Integer, ForeignKey(Plain.__table__.c.id))
    by_folding = Column(Integer, ForeignKey(f"{PREFIX}item.id"), nullable=False)
    untyped = Column(ForeignKey("types.id"))
    untyped_text = Column(ForeignKey("text_key.code"), index=True)
    untyped_twice = Column(None, ForeignKey("referring.untyped_text"))
    named = Column(Integer, ForeignKey("plain.id", name="fk_named"))
    late = Column(Integer, ForeignKey("plain.id", deferrable=True, initially="DEFERRED"))
    alone = Column(Integer, ForeignKey("text_key.code", use_alter=True, name="fk_alone"))


class Prefixed(Base):
    __tablename__ = PREFIX + "item"

    id = Column(Integer, primary_key=True)


class Kinds(Base):
    __tablename__ = "kinds"

    id = Column(Integer, primary_key=True)
    by_class = Column(Enum(Color))
    by_values = Column(Enum(Size, values_callable=lambda e: [member.value for member in e], name="size_value"))
    literal = Column(Enum("a", "bb", name="letters"))
    spread = Column(Enum(*STATES, name="state"), nullable=False, default="open")
    plain = Column(Enum(Size, native_enum=False))
    plain_values = Column(Enum(Size, native_enum=False, values_callable=lambda e: [m.value for m in e]))
    plain_long = Column(Enum("a", "bb", native_enum=False, length=30))
    checked = Column(Enum("a", "b", native_enum=False, create_constraint=True, name="checked"))
    unnamed = Column(sa.Enum(Size))
    placed = Column(Enum("n", "s", name="pole", schema="public"))
    flag = Column(Boolean(create_constraint=True, name="flag"))


class Made(Base):
    __tablename__ = "made"

    id = Column(BigInteger, Identity(always=True), primary_key=True)
    other = Column(Integer, Identity(start=5))
    total = Column(Integer, Computed("id + 1"))
    seen = Column(Integer, Computed("id + 2", persisted=False))
    kept = Column(Integer, Computed("id + 3", persisted=True), nullable=False)


class Sequenced(Base):
    __tablename__ = "sequenced"

    id = Column(Integer, Sequence("sequenced_ids"), primary_key=True)
    n = Column(Integer, Sequence("numbers"), nullable=False)
    m = Column(Integer, server_default=Sequence("others").next_value())


class Variants(Base):
    __tablename__ = "variants"

    id = Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    data = Column(JSON().with_variant(JSONB(), "postgresql"))
    twice = Column(Text().with_variant(mysql.LONGTEXT(), "mysql").with_variant(String(9), "sqlite"))


class Upper(TypeDecorator):
    impl = String(12)
    cache_ok = True


class Bare(TypeDecorator):
    impl = Text
    cache_ok = True


class Guid(TypeDecorator):
    impl = CHAR
    cache_ok = True

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return dialect.type_descriptor(UUID())
        return dialect.type_descriptor(CHAR(32))


class Custom(Base):
    __tablename__ = "custom"

    id = Column(Integer, primary_key=True)
    upper = Column(Upper)
    upper_called = Column(Upper())
    bare = Column(Bare(), nullable=False)


def money(name):
    return Column(name, Numeric(12, 2), nullable=False)


common = {"nullable": False, "comment": "Common"}


class Helped(Base):
    __tablename__ = "helped"

    id = Column(Integer, primary_key=True)
    price = money("price")
    splat = Column(Integer, **common)
    args = Column(*(String(4),), **dict(index=True))
    late = deferred(Column(Text, nullable=False))
    proper = column_property(Column("prop", Integer))


class Derived(Base):
    __tablename__ = "derived"

    id = Column(Integer, primary_key=True)
    a = Column(Integer)
    doubled = column_property(a * 2)
    alias = synonym("a")
    names = association_proxy("children", "name")

    @hybrid_property
    def tripled(self):
        return self.a * 3

    @property
    def plain(self):
        return datetime.datetime.now()


Derived.later = Column("later", String(6))
