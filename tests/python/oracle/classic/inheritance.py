from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.ext.declarative import AbstractConcreteBase, ConcreteBase
from sqlalchemy.orm import declared_attr

from .base import Base
from .mixins import Stamped


class Employee(Base):
    __tablename__ = "employee"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "employee"}

    id = Column(Integer, primary_key=True)
    kind = Column(String(20), nullable=False)


class Engineer(Employee):
    __tablename__ = "engineer"
    __mapper_args__ = {"polymorphic_identity": "engineer"}

    id = Column(Integer, ForeignKey("employee.id", ondelete="CASCADE"), primary_key=True)
    language = Column(String(30), nullable=False)


class Manager(Employee):
    __mapper_args__ = {"polymorphic_identity": "manager"}

    budget = Column(Integer)
    title = Column("job_title", String(30), index=True)


class Director(Manager):
    __mapper_args__ = {"polymorphic_identity": "director"}

    region = Column(String(10))


class Animal(Base):
    __abstract__ = True

    id = Column(Integer, primary_key=True)
    name = Column(String(30), nullable=False)

    @declared_attr
    def weight(cls):
        return Column(Integer, comment=f"Weight of a {cls.__name__}")


class Cat(Animal, Stamped):
    __tablename__ = "cat"

    name = Column(String(50))


class Dog(Animal):
    __tablename__ = "dog"

    id = Column("dog_id", Integer, primary_key=True)


class Shape(ConcreteBase, Base):
    __tablename__ = "shape"
    __mapper_args__ = {"polymorphic_identity": "shape", "concrete": True}

    id = Column(Integer, primary_key=True)
    area = Column(Integer)


class Circle(Shape):
    __tablename__ = "circle"
    __mapper_args__ = {"polymorphic_identity": "circle", "concrete": True}

    id = Column(Integer, primary_key=True)
    radius = Column(Integer, nullable=False)
