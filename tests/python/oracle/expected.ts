import type { Dialect } from '../../../src/ir/index.js';

/** One value, or one for each dialect; null where the dialect can't say it. */
type ByDialect<T> = T | { [dialect: string]: T | null };

/** What `metadata.py` prints of a package of models. What is false, empty or nothing is left out. */
export interface Expected {
  tables: { [name: string]: ExpectedTable };
  enums?: { [name: string]: string[] };
}

interface ExpectedTable {
  columns?: { [name: string]: ExpectedColumn };
  primary?: ExpectedKey;
  foreign?: (ExpectedKey & {
    table: string;
    targets: string[];
    onDelete?: string;
    onUpdate?: string;
    deferrable?: boolean;
  })[];
  unique?: ExpectedKey[];
  checks?: { name?: ByDialect<string>; text?: string; on?: string[] }[];
  excludes?: ByDialect<string>[];
  indexes?: {
    name?: ByDialect<string>;
    keys: { column?: string; expression?: string; direction?: string; nulls?: string }[];
    unique?: boolean;
    method?: ByDialect<string>;
    where?: ByDialect<string>;
    include?: string[];
  }[];
  relationships?: { [attribute: string]: ExpectedRelationship };
  comment?: string;
}

interface ExpectedColumn {
  type: ByDialect<string>;
  nullable?: boolean;
  attribute?: string;
  generated?: ByDialect<string>;
  server?: ByDialect<string>;
  client?: boolean;
  comment?: string;
}

interface ExpectedKey {
  name?: ByDialect<string>;
  columns: string[];
}

interface ExpectedRelationship {
  kind: string;
  target: string;
  collection?: boolean;
  inverse?: string;
  loading: string;
  secondary?: string;
}

function valueFor<T>(value: ByDialect<T> | undefined, dialect: Dialect): T | undefined {
  if (typeof value !== 'object' || value === null) return value;
  return (value as { [dialect: string]: T | null })[dialect] ?? undefined;
}

/** A row of what is compared: where, what. */
export type Line = string;

/**
 * The tables of a package in one dialect as lines of text, one for each fact, so that a difference names its place.
 * @param typeOf the canonical name of a compiled type
 */
export function expectedLines(
  { tables, enums = {} }: Expected,
  dialect: Dialect,
  typeOf: (compiled: string) => string,
): Line[] {
  const lines: Line[] = [];
  for (const [name, table] of Object.entries(tables)) {
    const say = (...words: (string | false | undefined)[]) =>
      lines.push([name, ...words.filter((word) => word !== undefined && word !== false && word !== '')].join(' '));
    const named = (key: { name?: ByDialect<string> }) => {
      const found = valueFor(key.name, dialect);
      return found === undefined ? undefined : `named ${found}`;
    };
    if (table.comment !== undefined) say('comment', JSON.stringify(table.comment));
    say(
      'columns',
      Object.keys(table.columns ?? {})
        .sort()
        .join(','),
    );
    for (const [column, facts] of Object.entries(table.columns ?? {})) {
      const type = valueFor(facts.type, dialect);
      say(`.${column}`, 'type', type === undefined ? '?' : typeOf(type));
      // A server lets no key be NULL, whatever the model says.
      const isKey = table.primary?.columns.includes(column) === true;
      say(`.${column}`, facts.nullable === true && !isKey ? 'NULL' : 'NN');
      if (facts.attribute !== undefined) say(`.${column}`, 'attribute', facts.attribute);
      const generated = valueFor(facts.generated, dialect);
      if (generated !== undefined) say(`.${column}`, 'generated', generated);
      if (facts.server !== undefined) say(`.${column}`, 'server default', valueFor(facts.server, dialect) ?? '?');
      if (facts.client === true) say(`.${column}`, 'client default');
      if (facts.comment !== undefined) say(`.${column}`, 'comment', JSON.stringify(facts.comment));
    }
    if (table.primary) say('primary', table.primary.columns.join(','), named(table.primary));
    for (const key of table.unique ?? []) say('unique', key.columns.join(','), named(key));
    for (const key of table.foreign ?? []) {
      say(
        'foreign',
        key.columns.join(','),
        `-> ${key.table} ${key.targets.join(',')}`,
        key.onDelete && `delete ${key.onDelete}`,
        key.onUpdate && `update ${key.onUpdate}`,
        key.deferrable === true ? 'deferrable' : undefined,
        named(key),
      );
    }
    for (const check of table.checks ?? []) {
      if (check.on === undefined || check.on.includes(dialect)) say('check', check.text ?? '?', named(check));
    }
    for (const exclude of table.excludes ?? []) say('exclude', valueFor(exclude, dialect));
    for (const index of table.indexes ?? []) {
      const [method, where] = [valueFor(index.method, dialect), valueFor(index.where, dialect)];
      say(
        index.unique === true ? 'unique index' : 'index',
        index.keys
          .map(({ column, expression, direction, nulls }) =>
            [column ?? `(${expression ?? ''})`, direction, nulls && `nulls ${nulls}`].filter(Boolean).join(' '),
          )
          .join(', '),
        named(index),
        method && `using ${method}`,
        where && `where ${where}`,
        dialect === 'postgresql' && index.include && `include ${index.include.join(',')}`,
      );
    }
    for (const [attribute, { kind, target, collection, inverse, loading, secondary }] of Object.entries(
      table.relationships ?? {},
    )) {
      say(
        `.${attribute}`,
        kind,
        collection === true ? 'of many' : 'of one',
        target,
        inverse && `inverse ${inverse}`,
        `loading ${loading}`,
        secondary && `through ${secondary}`,
      );
    }
  }
  if (dialect === 'postgresql')
    for (const [name, labels] of Object.entries(enums)) lines.push(`enum ${name} ${labels.join(',')}`);
  return lines.sort();
}

/** The lines that a dialect judges: a type or default that it can't say is none of them. */
export function judged(lines: readonly Line[], expected: readonly Line[]): Line[] {
  const open = new Set(expected.filter((line) => line.endsWith(' ?')).map((line) => line.slice(0, -1)));
  return lines.filter((line) => {
    const [head] = /^\S+ \.\S+ (?:type|server default) /.exec(line) ?? [];
    const [, table] = /^(\S+) uncertain type /.exec(line) ?? [];
    if (table !== undefined) return ![...open].some((each) => each.startsWith(`${table} .`) && each.endsWith(' type '));
    return head === undefined || !open.has(head);
  });
}
