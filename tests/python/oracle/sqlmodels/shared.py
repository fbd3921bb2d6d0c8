import datetime
import enum
from typing import Optional

from sqlmodel import Field, SQLModel


class Stamped(SQLModel):
    created_at: datetime.datetime = Field(default_factory=datetime.datetime.utcnow, nullable=False)
    updated_at: Optional[datetime.datetime] = None


class Colour(enum.Enum):
    RED = "r"
    GREEN = "g"
