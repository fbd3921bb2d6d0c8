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
    method?: string;
    where?: string;
    include?: string[];
  }[];
  relationships?: { [attribute: string]: ExpectedRelationship };
  comment?: string;
}

interface ExpectedColumn {
  type: ByDialect<string>;
  nullable?: boolean;
  attribute?: string;
  generated?: string;
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
    const say = (...words: (string | undefined)[]) =>
      lines.push([name, ...words.filter((word) => word !== undefined && word !== '')].join(' '));
    const named = (key: { name?: ByDialect<string> }) => {
      const found = valueFor(key.name, dialect);
      return found === undefined ? undefined : `named ${found}`;
    };
    if (table.comment !== undefined) say('comment', JSON.stringify(table.comment));
    say('columns', Object.keys(table.columns ?? {}).join(','));
    for (const [column, facts] of Object.entries(table.columns ?? {})) {
      const type = valueFor(facts.type, dialect);
      say(`.${column}`, 'type', type === undefined ? '?' : typeOf(type));
      // A server lets no key be NULL, whatever the model says.
      const isKey = table.primary?.columns.includes(column) === true;
      say(`.${column}`, facts.nullable === true && !isKey ? 'NULL' : 'NN');
      if (facts.attribute !== undefined) say(`.${column}`, 'attribute', facts.attribute);
      if (facts.generated !== undefined) say(`.${column}`, 'generated', facts.generated);
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
      say(
        index.unique === true ? 'unique index' : 'index',
        index.keys
          .map(({ column, expression, direction, nulls }) =>
            [column ?? `(${expression ?? ''})`, direction, nulls && `nulls ${nulls}`].filter(Boolean).join(' '),
          )
          .join(', '),
        named(index),
        index.method && `using ${index.method}`,
        index.where === undefined ? undefined : `where ${index.where}`,
        index.include && `include ${index.include.join(',')}`,
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
