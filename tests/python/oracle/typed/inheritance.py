from typing import Optional

from sqlalchemy import ForeignKey, String
from sqlalchemy.ext.declarative import AbstractConcreteBase, ConcreteBase
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from .base import Base


class Employee(Base):
    __tablename__ = "employee"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "employee"}

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]


class Engineer(Employee):
    __tablename__ = "engineer"
    __mapper_args__ = {"polymorphic_identity": "engineer"}

    id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    language: Mapped[str]


class Manager(Employee):
    __mapper_args__ = {"polymorphic_identity": "manager"}

    budget: Mapped[Optional[int]]
    title: Mapped[str] = mapped_column("job_title", String(30), index=True, nullable=True)
    start: Mapped[Optional[int]] = mapped_column(use_existing_column=True)


class Clerk(Employee):
    __mapper_args__ = {"polymorphic_identity": "clerk"}

    start: Mapped[Optional[int]] = mapped_column(use_existing_column=True)
    strict: Mapped[int]


class Animal(Base):
    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(30))

    @declared_attr
    def weight(cls) -> Mapped[int]:
        return mapped_column(comment=f"Weight of a {cls.__name__}")


class Cat(Animal):
    __tablename__ = "cat"

    name: Mapped[str] = mapped_column(String(50))


class Dog(Animal):
    __tablename__ = "dog"

    id: Mapped[int] = mapped_column("dog_id", primary_key=True)


class Shape(ConcreteBase, Base):
    __tablename__ = "shape"
    __mapper_args__ = {"polymorphic_identity": "shape", "concrete": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    area: Mapped[int]


class Circle(Shape):
    __tablename__ = "circle"
    __mapper_args__ = {"polymorphic_identity": "circle", "concrete": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    radius: Mapped[int]
