import fc from 'fast-check';

/** `classic`: `Column(…)`, which both generations of SQLAlchemy know. `typed`: `Mapped[…]`, which the second one knows. */
export type Style = 'classic' | 'typed';

/** A package of models: its files. */
export type Package = { [file: string]: string };

interface Kind {
  /** As a column type. */
  type: string;
  /** As an annotation; the type is left out where it is all that is needed. */
  python: string;
  bare?: true;
  server?: string;
  client?: string;
}

const kinds: readonly Kind[] = [
  { type: 'Integer', python: 'int', bare: true, server: '"0"', client: '1' },
  { type: 'BigInteger()', python: 'int', server: 'text("5")' },
  { type: 'SmallInteger', python: 'int' },
  { type: 'String(20)', python: 'str', server: '"x"', client: '"y"' },
  { type: 'String(length=7)', python: 'str', server: '"it\'s"' },
  { type: 'Text', python: 'str', client: 'str' },
  { type: 'Unicode(9)', python: 'str' },
  { type: 'Boolean()', python: 'bool', bare: true, server: 'false()', client: 'False' },
  { type: 'Float', python: 'float', bare: true, client: '0.5' },
  { type: 'Float(precision=20)', python: 'float' },
  { type: 'Numeric(8, 2)', python: 'decimal.Decimal' },
  { type: 'Numeric(precision=5)', python: 'decimal.Decimal' },
  { type: 'DateTime', python: 'datetime.datetime', bare: true, server: 'func.now()' },
  { type: 'DateTime(timezone=True)', python: 'datetime.datetime', server: 'func.current_timestamp()' },
  { type: 'Date()', python: 'datetime.date', bare: true },
  { type: 'Time', python: 'datetime.time', bare: true },
  { type: 'Interval()', python: 'datetime.timedelta', bare: true },
  { type: 'LargeBinary', python: 'bytes', bare: true },
  { type: 'JSON', python: 'dict', client: 'dict' },
  { type: 'JSON().with_variant(postgresql.JSONB(), "postgresql")', python: 'dict' },
  { type: 'BigInteger().with_variant(Integer, "sqlite")', python: 'int' },
  { type: 'postgresql.UUID(as_uuid=True)', python: 'uuid.UUID', client: 'uuid.uuid4' },
  { type: 'Enum(Color)', python: 'Color', bare: true },
  { type: 'Enum(Color, name="hue", values_callable=lambda e: [m.value for m in e])', python: 'Color' },
  { type: 'Enum("a", "bcd", name="letters")', python: 'str', server: '"a"' },
  { type: 'Enum(Color, native_enum=False)', python: 'Color' },
  { type: 'Enum("a", "bcd", native_enum=False, length=12, name="wide")', python: 'str' },
  { type: 'Enum("x", "y", native_enum=False, create_constraint=True, name="held")', python: 'str' },
  { type: 'Money', python: 'decimal.Decimal' },
  { type: 'ARRAY(String(5))', python: 'list' },
  { type: 'CHAR(3)', python: 'str' },
];

const keys = [
  { type: 'Integer', python: 'int', bare: true as const, refers: 'Integer' },
  { type: 'BigInteger', python: 'int', refers: 'BigInteger' },
  { type: 'String(12)', python: 'str', refers: 'String(12)' },
  { type: 'Integer', python: 'int', refers: 'Integer', extra: 'autoincrement=False' },
];

interface Column {
  kind: Kind;
  nullable: boolean | undefined;
  optional: boolean;
  flags: ('index' | 'unique')[];
  default: 'server' | 'client' | undefined;
  comment: string | undefined;
  renamed: boolean;
  bare: boolean;
}

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });

const column: fc.Arbitrary<Column> = fc.record({
  kind: fc.constantFrom(...kinds),
  nullable: sometimes(fc.boolean()),
  optional: fc.boolean(),
  flags: fc.oneof(
    { weight: 4, arbitrary: fc.constant<Column['flags']>([]) },
    fc.subarray<'index' | 'unique'>(['index', 'unique']),
  ),
  default: sometimes(fc.constantFrom('server' as const, 'client' as const)),
  comment: sometimes(fc.constantFrom('A comment', "Somebody's", 'With "quotes"')),
  renamed: fc.boolean(),
  bare: fc.boolean(),
});

interface Mixin {
  columns: Column[];
  declared: boolean;
  named: boolean;
}

const mixin: fc.Arbitrary<Mixin> = fc.record({
  columns: fc.array(column, { minLength: 1, maxLength: 2 }),
  declared: fc.boolean(),
  named: fc.boolean(),
});

interface Key {
  /** Which of the tables above, counted round. */
  to: number;
  ondelete: string | undefined;
  named: boolean;
  typed: boolean;
  nullable: boolean | undefined;
  index: boolean;
  relation: 'none' | 'both' | 'backref' | 'scalar' | 'alone';
  loading: string | undefined;
}

const key: fc.Arbitrary<Key> = fc.record({
  to: fc.nat(9),
  ondelete: sometimes(fc.constantFrom('CASCADE', 'SET NULL')),
  named: fc.boolean(),
  typed: fc.boolean(),
  nullable: sometimes(fc.boolean()),
  index: fc.boolean(),
  relation: fc.constantFrom('none', 'both', 'backref', 'scalar', 'alone'),
  loading: sometimes(fc.constantFrom('"selectin"', '"joined"', 'True', '"raise"')),
});

type Item = 'index' | 'unique' | 'named-unique' | 'lower' | 'desc' | 'where' | 'check' | 'objects';

interface Model {
  key: number;
  composite: boolean;
  columns: Column[];
  foreign: Key[];
  items: Item[];
  options: ('comment' | 'schema')[];
  mixins: number[];
  abstract: boolean;
  child: 'none' | 'joined' | 'single' | 'concrete';
  childColumns: Column[];
  linked: boolean;
  object: boolean;
}

const model: fc.Arbitrary<Model> = fc.record({
  key: fc.nat(keys.length - 1),
  composite: fc.integer({ min: 0, max: 6 }).map((each) => each === 0),
  columns: fc.array(column, { minLength: 1, maxLength: 5 }),
  foreign: fc.array(key, { maxLength: 2 }),
  items: fc.subarray<Item>(['index', 'unique', 'named-unique', 'lower', 'desc', 'where', 'check', 'objects']),
  options: fc.oneof(
    { weight: 2, arbitrary: fc.constant<Model['options']>([]) },
    fc.subarray<'comment' | 'schema'>(['comment', 'schema']),
  ),
  mixins: fc.subarray([0, 1]),
  abstract: fc.boolean(),
  child: fc.constantFrom('none', 'none', 'joined', 'single', 'concrete'),
  childColumns: fc.array(column, { minLength: 1, maxLength: 2 }),
  linked: fc.boolean(),
  object: fc.integer({ min: 0, max: 5 }).map((each) => each === 0),
});

const templates: { [kind: string]: string[] } = {
  ix: ['ix_%(column_0_label)s', 'idx_%(table_name)s_%(column_0_N_name)s'],
  uq: ['uq_%(table_name)s_%(column_0_name)s', '%(table_name)s_%(column_0_N_name)s_key'],
  ck: ['ck_%(table_name)s_%(constraint_name)s'],
  fk: ['fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s', 'fk_%(column_0_label)s'],
  pk: ['pk_%(table_name)s', '%(table_name)s_pkey'],
};

const convention = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  fc
    .tuple(fc.subarray(['uq', 'ck', 'fk', 'pk']), fc.nat(1))
    .map(([chosen, at]) =>
      Object.fromEntries(['ix', ...chosen].map((kind) => [kind, templates[kind]![at % templates[kind]!.length]!])),
    ),
);

const imports = `import datetime
import decimal
import enum
import uuid
from typing import Optional

from sqlalchemy import *
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator
`;

/** Writes one package. */
class Writer {
  #count = 0;

  constructor(
    readonly style: Style,
    readonly shape: {
      models: Model[];
      mixins: Mixin[];
      convention: { [kind: string]: string } | undefined;
      schema: boolean;
    },
  ) {}

  files(): Package {
    const { convention: names, schema } = this.shape;
    const options = [names && `naming_convention=${JSON.stringify(names)}`, schema && 'schema="main_s"'].filter(
      Boolean,
    );
    const metadata = `MetaData(${options.join(', ')})`;
    const base =
      this.style === 'typed'
        ? `class Base(DeclarativeBase):\n    metadata = ${metadata}\n`
        : `Base = declarative_base(metadata=${metadata})\n`;
    const own = 'DeclarativeBase, Mapped, backref, declared_attr, mapped_column, relationship';
    const orm = `from sqlalchemy.orm import ${this.style === 'typed' ? own : 'backref, declarative_base, declared_attr, relationship'}\n`;
    const mixins = this.shape.mixins.map((each, at) => this.#mixin(each, at));
    const models = this.shape.models.map((each, at) => this.#model(each, at));
    return {
      '__init__.py': '',
      'base.py': `${imports}${orm}\n\n${base}\n\nclass Color(enum.Enum):\n    RED = "r"\n    GREEN = "green"\n\n\nclass Money(TypeDecorator):\n    impl = Numeric(11, 3)\n    cache_ok = True\n`,
      'mixins.py': `${imports}${orm}from .base import Base, Color, Money\n\n\n${mixins.join('\n\n')}`,
      'models.py': `${imports}${orm}from .base import Base, Color, Money\nfrom .mixins import ${this.shape.mixins.map((_, at) => `Mixin${String(at)}`).join(', ')}\n\n\n${models.join('\n\n')}`,
    };
  }

  #name = (): string => `c${String((this.#count += 1))}`;

  #column(each: Column, given?: string): { name: string; attribute: string; text: string } {
    const attribute = given ?? this.#name();
    const name = each.renamed ? `${attribute}_x` : attribute;
    const isTyped = this.style === 'typed';
    const { kind } = each;
    const args = [
      each.renamed && `"${name}"`,
      !(isTyped && each.bare && kind.bare) && kind.type,
      each.nullable !== undefined && `nullable=${each.nullable ? 'True' : 'False'}`,
      ...each.flags.map((flag) => `${flag}=True`),
      each.default === 'server' && kind.server !== undefined && `server_default=${kind.server}`,
      each.default === 'client' && kind.client !== undefined && `default=${kind.client}`,
      each.comment !== undefined && `comment=${JSON.stringify(each.comment)}`,
    ].filter((arg) => arg !== false);
    const type = each.optional ? `Optional[${kind.python}]` : kind.python;
    return {
      name,
      attribute,
      text: isTyped
        ? `${attribute}: Mapped[${type}]${args.length === 0 && each.bare ? '' : ` = mapped_column(${args.join(', ')})`}`
        : `${attribute} = Column(${args.join(', ')})`,
    };
  }

  #mixin({ columns, declared, named }: Mixin, at: number): string {
    const lines = columns.map(
      (each) => this.#column({ ...each, flags: each.flags.filter((flag) => flag === 'index') }).text,
    );
    if (declared) {
      const made =
        this.style === 'typed'
          ? 'mapped_column(Integer, index=True, comment="Of " + cls.__name__)'
          : 'Column(Integer, index=True, comment="Of " + cls.__name__)';
      lines.push(
        `@declared_attr\n    def d${String(at)}(cls)${this.style === 'typed' ? ' -> Mapped[int]' : ''}:\n        return ${made}`,
      );
    }
    if (named && at === 0)
      lines.push('@declared_attr\n    def __tablename__(cls):\n        return "n_" + cls.__name__.lower()');
    return `class Mixin${String(at)}:\n${indented(lines)}`;
  }

  /** Name of the key column of a model. */
  #keyOf = (at: number): string => (this.shape.models[at]!.key % 2 === 1 ? 'ident' : 'id');

  #tableOf(at: number): string {
    const { options } = this.shape.models[at]!;
    return `${options.includes('schema') ? 'side_s.' : this.shape.schema ? 'main_s.' : ''}${this.#plainTable(at)}`;
  }

  #plainTable(at: number): string {
    const { mixins, object } = this.shape.models[at]!;
    const named = !object && mixins.includes(0) && this.shape.mixins[0]!.named;
    return named ? `n_model${String(at)}` : `table_${String(at)}`;
  }

  #model(each: Model, at: number): string {
    if (each.object) return this.#object(each, at);
    const isTyped = this.style === 'typed';
    const lines: string[] = [];
    const names: string[] = [];
    if (!this.#plainTable(at).startsWith('n_')) lines.push(`__tablename__ = "${this.#plainTable(at)}"`);
    lines.push(...this.#keys(each, at));
    const own = each.columns.map((column) => this.#column(column));
    lines.push(...own.map(({ text }) => text));
    names.push(...own.map(({ name }) => name));
    for (const foreign of each.foreign) lines.push(...this.#foreign(foreign, at, names));
    if (each.child === 'joined' || each.child === 'single') {
      lines.push(isTyped ? 'kind: Mapped[str] = mapped_column(String(9))' : 'kind = Column(String(9))');
      lines.push('__mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "top"}');
    }
    const args = this.#args(each, at, own);
    if (args !== '') lines.push(`__table_args__ = ${args}`);
    const bases = [...each.mixins.map((mixin) => `Mixin${String(mixin)}`), 'Base'].join(', ');
    return `class Model${String(at)}(${bases}):\n${indented(lines)}${this.#child(each, at)}${this.#link(each, at)}`;
  }

  #keys({ key: chosen, composite }: Model, at: number): string[] {
    const kind = keys[chosen]!;
    const name = this.#keyOf(at);
    const line = (attribute: string, type: string, python: string, extra = '') =>
      this.style === 'typed'
        ? `${attribute}: Mapped[${python}] = mapped_column(${type}, primary_key=True${extra})`
        : `${attribute} = Column(${type}, primary_key=True${extra})`;
    const first = line(name, kind.type, kind.python, 'extra' in kind ? `, ${kind.extra}` : '');
    return composite ? [first, line('second', 'Integer', 'int')] : [first];
  }

  /** A key to a table above, and maybe a relationship along it. */
  #foreign(each: Key, at: number, names: string[]): string[] {
    const to = at === 0 ? 0 : each.to % at;
    const target = this.shape.models[to]!;
    if (target.composite || (at === 0 && target.object)) return [];
    const attribute = this.#name();
    names.push(attribute);
    const options = [
      `"${this.#tableOf(to)}.${this.#keyOf(to)}"`,
      each.ondelete !== undefined && `ondelete="${each.ondelete}"`,
      each.named && `name="fk_${attribute}"`,
    ].filter((arg) => arg !== false);
    const args = [
      each.typed && keys[target.key]!.refers,
      `ForeignKey(${options.join(', ')})`,
      each.nullable !== undefined && `nullable=${each.nullable ? 'True' : 'False'}`,
      each.index && 'index=True',
    ].filter((arg) => arg !== false);
    const { python } = keys[target.key]!;
    const isTyped = this.style === 'typed';
    const lines = [
      isTyped
        ? `${attribute}: Mapped[${python}] = mapped_column(${args.join(', ')})`
        : `${attribute} = Column(${args.join(', ')})`,
    ];
    if (each.relation === 'none' || target.object) return lines;
    const side = each.relation === 'backref' || each.relation === 'scalar' ? `back_${attribute}` : undefined;
    const given = [
      isTyped ? undefined : `"Model${String(to)}"`,
      `foreign_keys=[${attribute}]`,
      to === at ? `remote_side="Model${String(to)}.${this.#keyOf(to)}"` : undefined,
      each.loading === undefined ? undefined : `lazy=${each.loading}`,
      side === undefined
        ? undefined
        : each.relation === 'scalar'
          ? `backref=backref("${side}", uselist=False)`
          : `backref="${side}"`,
    ].filter((arg) => arg !== undefined);
    lines.push(`to_${attribute}${isTyped ? `: Mapped["Model${String(to)}"]` : ''} = relationship(${given.join(', ')})`);
    return lines;
  }

  #args({ items, options }: Model, at: number, own: { name: string; attribute: string }[]): string {
    const [first, second = first] = own;
    if (first === undefined || second === undefined) return '';
    const table = this.#plainTable(at);
    const two = first === second ? `"${first.name}"` : `"${first.name}", "${second.name}"`;
    // An attribute without a value can't be named in the class body.
    const objects = this.style === 'classic' ? first.attribute : `"${first.name}"`;
    const written: { [item in Item]: string } = {
      index: `Index(None, ${two})`,
      unique: `UniqueConstraint(${two})`,
      'named-unique': `UniqueConstraint(${two}, name="uniq_${table}")`,
      lower: `Index("low_${table}", text("lower(${first.name})"))`,
      desc: `Index("desc_${table}", desc("${first.name}"), unique=True)`,
      where: `Index("part_${table}", "${first.name}", postgresql_where=text("${first.name} IS NOT NULL"))`,
      check: `CheckConstraint("${first.name} IS NOT NULL", name="filled")`,
      objects: `Index("obj_${table}", ${objects})`,
    };
    const entries = options.map((option) => (option === 'comment' ? '"comment": "Rows"' : '"schema": "side_s"'));
    const dict = entries.length === 0 ? [] : [`{${entries.join(', ')}}`];
    if (items.length === 0) return dict[0] ?? '';
    return `(${[...items.map((item) => written[item]), ...dict].join(', ')},)`;
  }

  #child({ child, childColumns, composite, options, key: chosen, mixins }: Model, at: number): string {
    if (child === 'none' || composite) return '';
    // A mixin's name would make a table of a child that has none.
    if (this.#plainTable(at).startsWith('n_') || (child === 'concrete' && mixins.length > 0)) return '';
    const kind = keys[chosen]!;
    const name = this.#keyOf(at);
    const isTyped = this.style === 'typed';
    const lines: string[] = [];
    const made = (type: string, rest: string) =>
      isTyped
        ? `${name}: Mapped[${kind.python}] = mapped_column(${type}, ${rest})`
        : `${name} = Column(${type}, ${rest})`;
    if (child === 'joined') {
      lines.push(`__tablename__ = "child_${String(at)}"`);
      lines.push(made(kind.refers, `ForeignKey("${this.#tableOf(at)}.${name}"), primary_key=True`));
    } else if (child === 'concrete') {
      lines.push(`__tablename__ = "child_${String(at)}"`);
      lines.push(made(kind.refers, 'primary_key=True'));
    }
    lines.push(...childColumns.map((each) => this.#column(each).text));
    lines.push(
      child === 'concrete'
        ? '__mapper_args__ = {"concrete": True}'
        : '__mapper_args__ = {"polymorphic_identity": "low"}',
    );
    // The options of the parent hold for a child that says nothing.
    if (options.length > 0 && child !== 'single') lines.push('__table_args__ = {"comment": "Child"}');
    else if (child !== 'single') lines.push('__table_args__ = ()');
    return `\n\n\nclass Child${String(at)}(Model${String(at)}):\n${indented(lines)}`;
  }

  #link({ linked, composite, key: chosen }: Model, at: number): string {
    if (!linked || composite) return '';
    const refers = `ForeignKey("${this.#tableOf(at)}.${this.#keyOf(at)}", ondelete="CASCADE")`;
    const type = chosen % 2 === 0 ? `${keys[chosen]!.refers}, ` : '';
    return `\n\n\nlink_${String(at)} = Table(\n    "link_${String(at)}",\n    Base.metadata,\n    Column("one_id", ${type}${refers}, primary_key=True),\n    Column("two_id", ${refers}, primary_key=True, index=True),\n    Column("note", Text, nullable=False, unique=True),\n)\n`;
  }

  #object({ columns, key: chosen, composite, items, options }: Model, at: number): string {
    const classic = new Writer('classic', this.shape);
    classic.#count = this.#count + 100;
    const kind = keys[chosen]!;
    const own = columns.map((each) => classic.#column({ ...each, renamed: false }));
    const key = [
      `Column("${this.#keyOf(at)}", ${kind.type}, primary_key=True${'extra' in kind ? `, ${kind.extra}` : ''})`,
      ...(composite ? ['Column("second", Integer, primary_key=True)'] : []),
    ];
    const rest = own.map(({ name, text }) => text.replace(/^\w+ = Column\(/, `Column("${name}", `));
    const args = classic.#args(
      { items: items.filter((item) => item !== 'objects'), options: [] } as unknown as Model,
      at,
      own,
    );
    const listed = args === '' ? [] : args.slice(1, -2) === '' ? [] : [args.slice(1, -2)];
    const words = options.map((option) => (option === 'comment' ? 'comment="Rows"' : 'schema="side_s"'));
    return `table_${String(at)} = Table(\n    "table_${String(at)}",\n    Base.metadata,\n    ${[...key, ...rest, ...listed, ...words].join(',\n    ')},\n)\n`;
  }
}

const indented = (lines: readonly string[]): string => `${lines.map((line) => `    ${line}`).join('\n')}\n`;

/** Packages of models in a style. */
export const packages = (style: Style): fc.Arbitrary<Package> =>
  fc
    .record({
      models: fc.array(model, { minLength: 1, maxLength: 4 }),
      mixins: fc.tuple(mixin, mixin).map((both) => [...both]),
      convention,
      schema: fc.integer({ min: 0, max: 4 }).map((each) => each === 0),
    })
    .map((shape) => new Writer(style, shape).files());
