import enum


class Color(enum.Enum):
    RED = "r"
    GREEN = "g"


class Size(str, enum.Enum):
    SMALL = "s"
    EXTRA_LARGE = "xl"


STATES = ("open", "closed")
