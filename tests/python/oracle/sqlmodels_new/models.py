"""What SQLModel knows since it stands on SQLAlchemy 2.0."""

import uuid
from typing import Optional

from pydantic import BaseModel
from sqlalchemy import MetaData, Numeric, Text
from sqlmodel import AutoString, DateTime, Field, Relationship, SQLModel

import datetime
import decimal
import enum


class Grade(str, enum.Enum):
    LOW = "l"
    HIGH = "h"


class Base(SQLModel):
    metadata = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"})


class UserBase(SQLModel):
    email: str = Field(unique=True, index=True)
    is_active: bool = True
    full_name: str | None = Field(default=None, max_length=255)


class UserCreate(UserBase):
    password: str = Field(min_length=8, max_length=40)


class UserPublic(UserBase):
    id: uuid.UUID


class UsersPublic(SQLModel):
    data: list[UserPublic]
    count: int


class Message(BaseModel):
    message: str


class User(UserBase, table=True):
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    hashed_password: str
    items: list["Item"] = Relationship(
        back_populates="owner", cascade_delete=True, sa_relationship_kwargs={"foreign_keys": "[Item.owner_id]"}
    )
    card: "Card" = Relationship(back_populates="user")


class Item(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    owner_id: uuid.UUID = Field(foreign_key="user.id", nullable=False, ondelete="CASCADE")
    editor_id: uuid.UUID | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
    owner: User | None = Relationship(
        back_populates="items", sa_relationship_kwargs={"foreign_keys": "[Item.owner_id]"}
    )
    text: str = Field(sa_type=Text)
    at: datetime.datetime = Field(sa_type=DateTime(timezone=True))
    price: float = Field(sa_type=Numeric(9, 3))
    grade: Grade = Grade.LOW
    short: str = Field(max_length=7, min_length=2)
    price5: decimal.Decimal = Field(max_digits=5, decimal_places=3)
    named: str = Field(sa_type=AutoString, sa_column_kwargs={"name": "nom", "comment": "A name"})


class Card(SQLModel, table=True):
    id: int = Field(primary_key=True)
    user_id: uuid.UUID = Field(foreign_key="user.id", unique=True)
    user: User = Relationship(back_populates="card")


class Conventional(Base, table=True):
    __tablename__ = "conventional"

    id: int = Field(primary_key=True)
    a: int = Field(index=True)
