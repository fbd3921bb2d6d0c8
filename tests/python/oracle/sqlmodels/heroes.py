"""Every way to write a table of SQLModel that both of its generations know."""

import datetime
import decimal
import uuid
from typing import Any, Dict, List, Optional

from pydantic import PrivateAttr
from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, DateTime, Enum, ForeignKey, Index, String, Text
from sqlalchemy import UniqueConstraint, func
from sqlmodel import Field, Relationship, SQLModel

from .shared import Colour, Stamped


class HeroTeamLink(SQLModel, table=True):
    team_id: Optional[int] = Field(default=None, foreign_key="team.id", primary_key=True)
    hero_id: Optional[int] = Field(default=None, foreign_key="hero.id", primary_key=True)


class TeamBase(SQLModel):
    name: str = Field(index=True, description="Not a comment")
    headquarters: str = Field(max_length=20)


class Team(TeamBase, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    heroes: List["Hero"] = Relationship(back_populates="teams", link_model=HeroTeamLink)
    places: List["Place"] = Relationship(
        back_populates="team", sa_relationship_kwargs={"lazy": "selectin", "foreign_keys": "[Place.team_id]"}
    )


class TeamPublic(TeamBase):
    id: int


class HeroBase(SQLModel):
    name: str
    age: Optional[int] = Field(default=None, index=True)


class Hero(HeroBase, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    secret_name: str = Field(unique=True)
    code: str = Field(unique=True, index=True)
    teams: List[Team] = Relationship(back_populates="heroes", link_model=HeroTeamLink)


class HeroCreate(HeroBase):
    secret_name: str
    password: str


class Place(Stamped, table=True):
    __tablename__ = "places"
    __table_args__ = (
        UniqueConstraint("city", "street", name="uq_address"),
        Index("ix_places_city", "city"),
        CheckConstraint("floor > 0", name="floor_positive"),
        {"comment": "Places"},
    )

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    city: str = "Here"
    street: Optional[str]
    floor: int = 1
    zip: str = Field(default="x", nullable=True)
    note: Optional[str] = Field(default=None, nullable=False)
    colour: Colour
    colours: Optional[Colour] = Field(default=Colour.RED)
    at: datetime.datetime
    day: datetime.date
    hour: datetime.time
    price: decimal.Decimal = Field(default=decimal.Decimal(0))
    plain_price: decimal.Decimal
    ratio: float
    flag: bool = False
    data: bytes
    span: datetime.timedelta
    long: str = Field(sa_column=Column(Text, nullable=False))
    renamed: str = Field(sa_column=Column("other", String(9), index=True))
    chosen: Optional[Dict[str, Any]] = Field(default_factory=dict, sa_column=Column(JSON))
    commented: str = Field(sa_column_kwargs={"comment": "Stored", "server_default": "y"})
    stamped: datetime.datetime = Field(sa_column=Column(DateTime(timezone=True), server_default=func.now()))
    extra: int = Field(sa_column_args=[CheckConstraint("extra > 1")])
    kind: str = Field(sa_column=Column(Enum("a", "b", name="place_kind")))
    team_id: Optional[int] = Field(default=None, foreign_key="team.id")
    must_team_id: int = Field(foreign_key="team.id", index=True)
    team: Optional[Team] = Relationship(
        back_populates="places", sa_relationship_kwargs={"foreign_keys": "[Place.team_id]"}
    )


class Weapon(SQLModel, table=True):
    _rust: Optional[int] = PrivateAttr(default=None)
    id: Optional[int] = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=True))
    owner_id: int = Field(sa_column=Column(ForeignKey("hero.id", ondelete="CASCADE"), nullable=False))
