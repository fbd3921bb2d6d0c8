"""Prints, as JSON, the tables that the models of Python packages come to, as SQLAlchemy itself builds them.

    python3 metadata.py [--tolerant] FOLDER...

A folder is a package whose modules are all imported. What hangs on the dialect is given for each of three. A package that
can't be imported stops the script, or, where it is tolerant, has an `error` in place of its tables.
"""

import importlib
import json
import os
import pkgutil
import sys
import warnings

import sqlalchemy
from sqlalchemy import CheckConstraint, Enum, ForeignKeyConstraint, MetaData, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.orm import configure_mappers
from sqlalchemy.orm.mapper import _all_registries
from sqlalchemy.schema import Column
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import TextClause, UnaryExpression, _textual_label_reference

warnings.simplefilter("ignore")

# The dialects keep tables of catalogs: what is made from here on is that of the packages.
CREATED = []
created_as = MetaData.__init__


def remember(self, *args, **keywords):
    created_as(self, *args, **keywords)
    CREATED.append(self)


MetaData.__init__ = remember

DIALECTS = {"postgresql": postgresql.dialect(), "mysql": mysql.dialect(), "sqlite": sqlite.dialect()}


def by_dialect(give):
    """One value where all dialects agree, else a value for each of them."""
    values = {}
    for name, dialect in DIALECTS.items():
        try:
            values[name] = give(dialect)
        except (sqlalchemy.exc.SQLAlchemyError, NotImplementedError):
            values[name] = None
    first = values["postgresql"]
    return first if all(value == first for value in values.values()) else values


def compiler_of(dialect):
    return dialect.ddl_compiler(dialect, None)


def without_nothing(entries):
    return {key: value for key, value in entries.items() if value not in (None, False, [], {})}


def generated(column, dialect):
    """How the database fills the column; what a dialect does not have is as if it were not there."""
    if column.identity is not None and dialect.supports_identity_columns:
        return "identity"
    if column.computed is not None:
        by_itself = dialect.name == "postgresql"
        return "stored" if (by_itself if column.computed.persisted is None else column.computed.persisted) else "virtual"
    is_free = column.default is None or getattr(column.default, "optional", False)
    return "serial" if column.table._autoincrement_column is column and is_free else None


def column_of(column, attributes):
    server = column.server_default is not None and column.identity is None and column.computed is None
    return without_nothing(
        {
            "type": by_dialect(lambda dialect: column.type.compile(dialect=dialect)),
            "nullable": column.nullable,
            "attribute": attributes.get(column),
            "generated": by_dialect(lambda dialect: generated(column, dialect)),
            "server": by_dialect(lambda dialect: compiler_of(dialect).get_column_default_string(column)) if server else None,
            "client": column.default is not None and not server,
            "comment": column.comment,
        }
    )


def final_name(constraint):
    if constraint.name is None:
        return None
    return by_dialect(lambda dialect: dialect.identifier_preparer.format_constraint(constraint, _alembic_quote=False))


def is_created(constraint):
    rule = constraint._create_rule
    return by_dialect(lambda dialect: rule is None or bool(rule(compiler_of(dialect))))


def key_of(constraint):
    return without_nothing({"name": final_name(constraint), "columns": [column.name for column in constraint.columns]})


def foreign_of(constraint):
    targets = [element.column for element in constraint.elements]
    return without_nothing(
        {
            "name": final_name(constraint),
            "columns": [element.parent.name for element in constraint.elements],
            "table": targets[0].table.fullname,
            "targets": [target.name for target in targets],
            "onDelete": constraint.ondelete,
            "onUpdate": constraint.onupdate,
            "deferrable": constraint.deferrable,
        }
    )


def check_of(constraint):
    text = constraint.sqltext
    created = is_created(constraint)
    return without_nothing(
        {
            "name": final_name(constraint),
            "text": text.text if isinstance(text, TextClause) else sql(text),
            "on": None if created is True else [name for name, value in created.items() if value],
        }
    )


def sql(expression):
    compiler = compiler_of(DIALECTS["postgresql"]).sql_compiler
    return compiler.process(expression, include_table=False, literal_binds=True)


def index_key(expression):
    words = {}
    while isinstance(expression, UnaryExpression) and expression.modifier is not None:
        modifier = expression.modifier
        if modifier in (operators.asc_op, operators.desc_op):
            words["direction"] = "asc" if modifier is operators.asc_op else "desc"
        else:
            words["nulls"] = "first" if modifier is operators.nulls_first_op else "last"
        expression = expression.element
    if isinstance(expression, Column):
        return {"column": expression.name, **words}
    if isinstance(expression, _textual_label_reference):
        return {"column": expression.element, **words}
    return {"expression": sql(expression), **words}


def index_of(index):
    def option(dialect, name):
        return index.dialect_options[dialect.name].get(name) if dialect.name in index.dialect_options else None

    def where(dialect):
        condition = option(dialect, "where")
        return None if condition is None else sql(sqlalchemy.text(condition) if isinstance(condition, str) else condition)

    return without_nothing(
        {
            "name": final_name(index),
            "keys": [index_key(expression) for expression in index.expressions],
            "unique": bool(index.unique),
            "method": by_dialect(lambda dialect: option(dialect, "using") or None),
            "where": by_dialect(where),
            "include": [getattr(each, "name", each) for each in option(DIALECTS["postgresql"], "include") or []],
        }
    )


def direction_of(relationship):
    many = relationship.uselist
    kind = relationship.direction.name
    if kind == "MANYTOMANY":
        return "many-to-many"
    if kind == "ONETOMANY":
        return "one-to-many" if many else "one-to-one"
    scalar = any(not other.uselist for other in relationship._reverse_property)
    return "one-to-one" if scalar else "many-to-one"


def relationship_of(relationship):
    return without_nothing(
        {
            "kind": direction_of(relationship),
            "target": relationship.mapper.class_.__name__,
            "collection": bool(relationship.uselist),
            "inverse": relationship.back_populates
            or next((other.key for other in relationship._reverse_property), None),
            "loading": {True: "select", False: "joined", None: "noload"}.get(relationship.lazy, relationship.lazy),
            "secondary": None if relationship.secondary is None else relationship.secondary.fullname,
        }
    )


def table_of(table, attributes, relationships):
    constraints = [*table.constraints, *(each for column in table.columns for each in column.constraints)]

    def by_kind(kind, give):
        found = [give(each) for each in constraints if isinstance(each, kind)]
        return sorted(found, key=lambda each: json.dumps(each, sort_keys=True))

    primary = key_of(table.primary_key) if len(table.primary_key.columns) > 0 else None
    return without_nothing(
        {
            "columns": {column.name: column_of(column, attributes) for column in table.columns},
            "primary": primary,
            "foreign": by_kind(ForeignKeyConstraint, foreign_of),
            "unique": by_kind(UniqueConstraint, key_of),
            "checks": by_kind(CheckConstraint, check_of),
            "excludes": by_kind(postgresql.ExcludeConstraint, final_name),
            "indexes": sorted(
                (index_of(each) for each in table.indexes), key=lambda each: json.dumps(each, sort_keys=True)
            ),
            "relationships": relationships.get(table),
            "comment": table.comment,
        }
    )


def enums_of(tables):
    enums = {}
    for table in tables:
        for column in table.columns:
            kind = getattr(column.type, "item_type", column.type)
            if isinstance(kind, Enum) and kind.native_enum and kind.name is not None:
                enums[kind.name] = list(kind.enums)
    return dict(sorted(enums.items()))


def mapped():
    attributes, relationships = {}, {}
    for registry in _all_registries():
        for mapper in registry.mappers:
            for prop in mapper.column_attrs:
                for column in prop.columns:
                    if isinstance(column, Column) and column.table is mapper.local_table:
                        attributes.setdefault(column, []).append(prop.key)
            for relationship in mapper.relationships:
                if relationship.parent is mapper:
                    relationships.setdefault(mapper.local_table, {})[relationship.key] = relationship_of(relationship)
    renamed = {column: keys[0] for column, keys in attributes.items() if column.name not in keys}
    return renamed, relationships


def project(folder, known):
    """What the models of one package come to; `known` keeps what earlier packages made."""
    parent, name = os.path.split(os.path.abspath(folder))
    sys.path.insert(0, parent)
    package = importlib.import_module(name)
    for module in sorted(each.name for each in pkgutil.walk_packages(package.__path__, name + ".")):
        importlib.import_module(module)
    configure_mappers()
    tables = [table for each in CREATED for table in each.tables.values() if id(table) not in known]
    known.update({id(table): table for table in tables})
    attributes, relationships = mapped()
    return {
        "tables": {
            table.fullname: table_of(table, attributes, relationships)
            for table in sorted(tables, key=lambda each: each.fullname)
        },
        "enums": enums_of(tables),
    }


def versions():
    found = {"sqlalchemy": sqlalchemy.__version__}
    for name in ("sqlmodel", "flask_sqlalchemy"):
        if name in sys.modules:
            found[name] = importlib.import_module("importlib.metadata").version(name.replace("_", "-"))
    return found


if __name__ == "__main__":
    known, projects = {}, {}
    tolerant = "--tolerant" in sys.argv
    for folder in sys.argv[1:]:
        name = os.path.basename(os.path.abspath(folder))
        if folder == "--tolerant":
            continue
        try:
            projects[name] = project(folder, known)
        except Exception as error:
            if not tolerant:
                raise
            projects[name] = {"error": f"{type(error).__name__}: {error}"}
        if tolerant and folder is not sys.argv[-1]:
            # A mapper that fails would fail for all packages that follow.
            for registry in list(_all_registries()):
                registry.dispose()
            CREATED.clear()
    json.dump({"versions": versions(), "projects": projects}, sys.stdout, indent=1)
