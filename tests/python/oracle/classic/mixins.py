import datetime

from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, String, func
from sqlalchemy.orm import declarative_mixin, declared_attr, relationship


class Stamped:
    created_at = Column(DateTime(timezone=True), server_default=func.now(), nullable=False)
    updated_at = Column(DateTime(timezone=True), default=datetime.datetime.utcnow, onupdate=datetime.datetime.utcnow)


class Numbered:
    id = Column(Integer, primary_key=True)


class Named:
    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower() + "s"


@declarative_mixin
class Owned:
    @declared_attr
    def owner_id(cls):
        return Column(Integer, ForeignKey("users.id"), nullable=False, index=True)

    @declared_attr
    def owner(cls):
        return relationship("User", foreign_keys=[cls.owner_id])


class Searchable:
    slug = Column(String(40))

    @declared_attr
    def __table_args__(cls):
        return (Index("ix_%s_slug" % cls.__tablename__, "slug", unique=True), {"comment": "Found by slug"})
