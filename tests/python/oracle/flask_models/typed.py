from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention={"uq": "uq_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s"})


typed = SQLAlchemy(model_class=Base)


class TypedUser(typed.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


conventional = SQLAlchemy(metadata=MetaData(naming_convention={"ix": "idx_%(table_name)s_%(column_0_name)s"}))


class ConventionalUser(conventional.Model):
    id = conventional.Column(conventional.Integer, primary_key=True)
    name = conventional.Column(conventional.String(5), index=True)
