from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import backref, relationship

from .base import Base
from .mixins import Numbered, Owned


class User(Numbered, Base):
    __tablename__ = "users"

    name = Column(String(30))
    team_id = Column(Integer, ForeignKey("team.id"))
    addresses = relationship("Address", back_populates="user", lazy="selectin", cascade="all, delete-orphan")
    profile = relationship("Profile", back_populates="user", uselist=False)
    groups = relationship("Group", secondary="user_groups", back_populates="users")
    team = relationship(lambda: Team, foreign_keys=[team_id], backref="members")


class Address(Numbered, Base):
    __tablename__ = "address"

    user_id = Column(Integer, ForeignKey(User.id), nullable=False)
    user = relationship(User, back_populates="addresses", lazy="joined")


class Profile(Numbered, Base):
    __tablename__ = "profile"

    user_id = Column(ForeignKey("users.id"), unique=True)
    user = relationship("User", back_populates="profile")


class Team(Numbered, Base):
    __tablename__ = "team"

    lead_id = Column(Integer, ForeignKey("users.id"))
    lead = relationship("User", foreign_keys="Team.lead_id", backref=backref("leads", lazy="dynamic"))


user_groups = Table(
    "user_groups",
    Base.metadata,
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    Column("group_id", ForeignKey("groups.id"), primary_key=True),
)


class Group(Numbered, Base):
    __tablename__ = "groups"

    users = relationship("User", secondary=user_groups, back_populates="groups", lazy="raise")


class Node(Numbered, Base):
    __tablename__ = "node"

    parent_id = Column(Integer, ForeignKey("node.id"))
    parent = relationship("Node", remote_side="Node.id", back_populates="children")
    children = relationship("Node", back_populates="parent", lazy=False, join_depth=1)


class Document(Owned, Numbered, Base):
    __tablename__ = "document"


class Folder(Owned, Numbered, Base):
    __tablename__ = "folder"
