from __future__ import annotations

from typing import List, Optional

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import DynamicMapped, Mapped, WriteOnlyMapped, attribute_keyed_dict, backref, mapped_column, relationship

from .base import Base, intpk


class User(Base):
    __tablename__ = "users"

    id: Mapped[intpk]
    team_id: Mapped[Optional[int]] = mapped_column(ForeignKey("team.id"))
    addresses: Mapped[List["Address"]] = relationship(back_populates="user", lazy="selectin")
    profile: Mapped[Optional["Profile"]] = relationship(back_populates="user")
    groups: Mapped[set["Group"]] = relationship(secondary=lambda: user_groups, back_populates="users")
    team: Mapped["Team"] = relationship(lambda: Team, foreign_keys=[team_id], backref=backref("members", lazy="select"))
    logs: WriteOnlyMapped["Log"] = relationship(back_populates="user")
    notes: DynamicMapped["Note"] = relationship()
    by_key: Mapped[dict[int, "Log"]] = relationship(viewonly=True, collection_class=attribute_keyed_dict("id"))
    single: Mapped["Note"] = relationship("Note", viewonly=True)


class Address(Base):
    __tablename__ = "address"

    id: Mapped[intpk]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    user: Mapped[User] = relationship(back_populates="addresses", lazy="joined")


class Profile(Base):
    __tablename__ = "profile"

    id: Mapped[intpk]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    user: Mapped["User"] = relationship(back_populates="profile")


class Team(Base):
    __tablename__ = "team"

    id: Mapped[intpk]
    lead_id: Mapped[Optional[int]] = mapped_column(ForeignKey("users.id"))
    lead: Mapped[Optional[User]] = relationship(foreign_keys=lead_id)


class Log(Base):
    __tablename__ = "log"

    id: Mapped[intpk]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    user: Mapped["User"] = relationship(back_populates="logs", innerjoin=True)


class Note(Base):
    __tablename__ = "note"

    id: Mapped[intpk]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


user_groups = Table(
    "user_groups",
    Base.metadata,
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    Column("group_id", ForeignKey("groups.id"), primary_key=True),
)


class Group(Base):
    __tablename__ = "groups"

    id: Mapped[intpk]
    users: Mapped[list[User]] = relationship(secondary=user_groups, back_populates="groups", lazy="raise")


class Node(Base):
    __tablename__ = "node"

    id: Mapped[intpk]
    parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("node.id"))
    parent: Mapped[Optional["Node"]] = relationship(remote_side="Node.id", back_populates="children")
    children: Mapped[list["Node"]] = relationship(back_populates="parent")
