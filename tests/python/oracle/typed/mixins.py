import datetime
from typing import Optional

from sqlalchemy import ForeignKey, Index, String, func
from sqlalchemy.orm import DeclarativeBase, Mapped, declarative_mixin, declared_attr, mapped_column, relationship

from .base import intpk


class Stamped:
    created_at: Mapped[datetime.datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[Optional[datetime.datetime]] = mapped_column(onupdate=func.now())


class Numbered:
    id: Mapped[intpk]


class Last:
    trailer: Mapped[str] = mapped_column(String(4), sort_order=100)


class Owned:
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)

    @declared_attr
    def owner(cls) -> Mapped["User"]:
        return relationship("User")


class Sized:
    @declared_attr
    def size(cls) -> Mapped[int]:
        return mapped_column(index=True)

    @declared_attr.directive
    def __table_args__(cls):
        return (Index(f"ix_{cls.__tablename__}_created", "created_at"),)


class Naming(DeclarativeBase):
    @declared_attr.directive
    def __tablename__(cls) -> str:
        return cls.__name__.lower()
