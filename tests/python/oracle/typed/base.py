import datetime
import decimal
import enum
import uuid
from typing import Annotated, Any, Dict, List, Literal, Optional

from sqlalchemy import BigInteger, DateTime, ForeignKey, JSON, MetaData, Numeric, String, Text, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry

str30 = Annotated[str, 30]
str50 = Annotated[str, mapped_column(String(50))]
intpk = Annotated[int, mapped_column(primary_key=True)]
bigpk = Annotated[int, mapped_column(BigInteger, primary_key=True, autoincrement=False)]
stamp = Annotated[datetime.datetime, mapped_column(nullable=False, server_default=func.now())]
note = Annotated[Optional[str], mapped_column(Text, comment="A note")]
indexed = Annotated[str, mapped_column(String(8), index=True)]
distinct = Annotated[str, mapped_column(String(9), unique=True)]
user_fk = Annotated[int, mapped_column(ForeignKey("person.id", ondelete="CASCADE"))]
plain50 = Annotated[str, 50]


class Base(DeclarativeBase):
    pass


class Mapping(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "%(table_name)s_%(column_0_N_name)s_idx",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "ck": "%(table_name)s_%(constraint_name)s_check",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "pk": "%(table_name)s_pkey",
        }
    )
    type_annotation_map = {
        str: Text,
        int: BigInteger,
        datetime.datetime: DateTime(timezone=True),
        str30: String(30),
        decimal.Decimal: Numeric(12, 4),
        Dict[str, Any]: JSON,
        dict[str, Any]: JSONB,
        List[str]: ARRAY(String),
    }


class Registered(DeclarativeBase):
    registry = registry(type_annotation_map={str: String(100)}, metadata=MetaData(schema="reg"))


class Color(enum.Enum):
    RED = "r"
    GREEN = "g"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Size(str, enum.Enum):
    SMALL = "s"
    LARGE = "l"


Status = Literal["pending", "received"]
