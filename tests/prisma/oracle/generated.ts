import fc from 'fast-check';

/** A database that schemas are made up for, with native types that Prisma allows there. */
export interface Target {
  provider: 'postgresql' | 'mysql' | 'sqlite';
  /** By scalar type. */
  native: { [scalar: string]: readonly string[] };
  hasLists: boolean;
}

export const targets: readonly Target[] = [
  {
    provider: 'postgresql',
    native: {
      String: ['@db.VarChar(20)', '@db.Text', '@db.Uuid', '@db.Char(3)', '@db.Citext', '@db.Inet'],
      Int: ['@db.SmallInt', '@db.Integer', '@db.Oid'],
      DateTime: ['@db.Timestamptz(6)', '@db.Timestamp', '@db.Date', '@db.Time(3)', '@db.Timetz'],
      Decimal: ['@db.Decimal(10, 2)', '@db.Money'],
      Float: ['@db.Real', '@db.DoublePrecision'],
      Json: ['@db.Json', '@db.JsonB'],
    },
    hasLists: true,
  },
  {
    provider: 'mysql',
    native: {
      String: ['@db.VarChar(20)', '@db.Text', '@db.Char(3)', '@db.LongText'],
      Int: ['@db.SmallInt', '@db.UnsignedInt', '@db.TinyInt'],
      DateTime: ['@db.DateTime(6)', '@db.Date', '@db.Timestamp(3)'],
      Decimal: ['@db.Decimal(10, 2)'],
    },
    hasLists: false,
  },
  { provider: 'sqlite', native: {}, hasLists: false },
];

const defaults: { readonly [scalar: string]: readonly string[] } = {
  String: ['"a \\"b\\" // c"', '"it\'s"', 'uuid()', 'cuid()', 'nanoid(10)', 'dbgenerated("x()")'],
  Int: ['3', '-4', 'dbgenerated()'],
  BigInt: ['9007199254740993'],
  Float: ['1.5'],
  Decimal: ['2.50'],
  Boolean: ['true', 'false'],
  DateTime: ['now()', '"2020-01-02T03:04:05.678Z"'],
  Json: ['"{\\"a\\": [1]}"'],
  Bytes: ['"aGVsbG8="'],
};

const chance = (weight: number): fc.Arbitrary<boolean> => fc.integer({ min: 1, max: 100 }).map((n) => n <= weight);
const maybe = (text: fc.Arbitrary<string>, weight: number): fc.Arbitrary<string> =>
  fc.tuple(chance(weight), text).map(([is, value]) => (is ? value : ''));

const comments = fc.constantFrom(
  '',
  '',
  '',
  '  /// says it',
  '  // not',
  '  /* block */',
  '\n',
  '  /// one\n  /// two',
  '  /// one\n\n  // two',
);
const trailing = fc.constantFrom('', '', '', ' /// beside', ' // plain', ' /* closed */');

function fieldOf(name: string, target: Target): fc.Arbitrary<string> {
  return fc.constantFrom(...Object.keys(defaults), 'Mood').chain((type) => {
    const literals = type === 'Mood' ? ['SAD', 'GLAD'] : defaults[type]!;
    return fc
      .record({
        form: fc.constantFrom('', '', '?', target.hasLists ? '[]' : ''),
        given: chance(30),
        literal: fc.constantFrom(...literals),
        native: maybe(fc.constantFrom(...(target.native[type] ?? [''])), 30),
        map: chance(20),
        unique: chance(10),
        updated: chance(type === 'DateTime' ? 20 : 0),
        above: comments,
        beside: trailing,
      })
      .map(({ form, given, literal, native, map, unique, updated, above, beside }) => {
        const attributes = [
          given && form !== '[]' ? `@default(${literal})` : '',
          map ? `@map("${name}_column")` : '',
          unique ? '@unique' : '',
          updated && form === '' ? '@updatedAt' : '',
          given ? '' : native,
        ].filter((each) => each !== '');
        return `${above === '' ? '' : `${above}\n`}  ${name}   ${type}${form} ${attributes.join(' ')}${beside}`;
      });
  });
}

interface Model {
  name: string;
  lines: string[];
}

const names = ['User', 'post_item', 'HTTPLog', 'a1B2', 'Zebra'];

function modelOf(name: string, target: Target): fc.Arbitrary<Model> {
  return fc
    .record({
      id: fc.constantFrom(
        'id Int @id @default(autoincrement())',
        'id String @id @default(uuid())',
        'id Int @id @map("pk")',
        'id BigInt @id(map: "own")',
      ),
      fields: fc
        .integer({ min: 0, max: 6 })
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => fieldOf(`f${String(at)}`, target)))),
      map: chance(30),
      indexes: fc.array(
        fc.constantFrom(
          '@@index([id])',
          '@@unique([id], map: "u")',
          '@@index([id(sort: Desc)], map: "i")',
          '@@index([id], name: "old")',
        ),
        { maxLength: 1 },
      ),
    })
    .map(({ id, fields, map, indexes }) => {
      const plain = target.provider === 'postgresql' ? id : id.replace('(map: "own")', '');
      const own = indexes.map((index) => index.replace(/"(\w)"/, `"${name}_$1"`));
      return {
        name,
        lines: [
          `  ${plain.replace('"own"', `"${name}_own"`)}`,
          ...fields,
          ...own.map((each) => `  ${each}`),
          ...(map ? [`  @@map("${name.toLowerCase()}s") // mapped`] : []),
        ],
      };
    });
}

interface Relation {
  kind: 'many' | 'one' | 'join';
  isNamed: boolean;
  isRequired: boolean;
  action: string;
}

/** Adds the two sides of a relation to its models. */
function relate(
  models: readonly Model[],
  at: number,
  [from, to]: readonly [number, number],
  { kind, isNamed, isRequired, action }: Relation,
): void {
  const [left, right] = [models[from % models.length]!, models[to % models.length]!];
  const name = isNamed || left === right || at > 0 ? `"R${String(at)}"` : '';
  const relation = (more: string): string => [name, more].filter((each) => each !== '').join(', ');
  const attribute = (more: string): string => (relation(more) === '' ? '' : ` @relation(${relation(more)})`);
  if (kind === 'join') {
    left.lines.push(`  l${String(at)} ${right.name}[]${attribute('')}`);
    right.lines.push(`  r${String(at)} ${left.name}[]${attribute('')} /// other side`);
    return;
  }
  const optional = isRequired ? '' : '?';
  const key = /^ {2}id (\w+)/.exec(right.lines[0]!)![1]!;
  left.lines.push(`  k${String(at)} ${key}${optional}${kind === 'one' ? ' @unique' : ''}`);
  left.lines.push(
    `  l${String(at)} ${right.name}${optional}${attribute(`fields: [k${String(at)}], references: [id]${action}`)}`,
  );
  right.lines.push(`  r${String(at)} ${left.name}${kind === 'one' ? '?' : '[]'}${attribute('')}`);
}

/** Schemas with models, an enum, relations of all kinds and comments everywhere. Prisma refuses some of them. */
export function schemas(target: Target): fc.Arbitrary<string> {
  const relation = fc.record({
    ends: fc.tuple(fc.nat(9), fc.nat(9)),
    kind: fc.constantFrom<Relation['kind']>('many', 'one', 'join'),
    isNamed: fc.boolean(),
    isRequired: fc.boolean(),
    action: fc.constantFrom('', ', onDelete: Cascade', ', onDelete: NoAction, onUpdate: NoAction'),
  });
  return fc
    .record({
      models: fc
        .shuffledSubarray(names, { minLength: 1 })
        .chain((chosen) => fc.tuple(...chosen.map((name) => modelOf(name, target)))),
      relations: fc.array(relation, { maxLength: 4 }),
      above: fc.array(comments, { minLength: 5, maxLength: 5 }),
      newline: fc.constantFrom('\n', '\r\n'),
    })
    .map(({ models, relations, above, newline }) => {
      const own = models.map(({ name, lines }) => ({ name, lines: [...lines] }));
      relations.forEach((each, at) => relate(own, at, each.ends, each));
      const blocks = own.map(({ name, lines }, at) => `${above[at] ?? ''}\nmodel ${name} {\n${lines.join('\n')}\n}\n`);
      const mood = 'enum Mood {\n  SAD @map("sad mood") /// tears\n  /// joy\n  GLAD\n}\n';
      const text = `datasource db {\n  provider = "${target.provider}"\n}\n\n${blocks.join('\n')}\n${mood}`;
      return text.replaceAll('\n', newline);
    });
}
