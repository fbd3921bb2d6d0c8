import type { FileFacts, Name, QualifiedName, Span } from '../../src/ir/index.js';
import { staleParts, type StalePart } from '../../src/queries/drift/snapshots.js';
import { unnamedFile } from '../../src/queries/drift/unnamed-files.js';
import { isIgnored } from '../../src/queries/drift/words.js';
import { spoken } from '../../src/queries/names.js';
import type { Origin } from '../../src/queries/replay.js';
import { defineRule, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'Generated snapshots, journal and SQL disagree.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['config', 'sql'],
  needs: ['project', 'history'],
  fix: 'none',
  sources: ['drizzle-kit check'],
  messages: {
    'unmade-table':
      'The snapshot has table {{table}}, and no migration makes it: "drizzle-kit generate" compares the models with the snapshot, so it never writes the CREATE TABLE. Write it into a migration of "drizzle-kit generate --custom"; or, if the table is gone for good, take it out of the snapshot.',
    'unmade-column':
      'The snapshot has column {{column}} of {{table}}, and the table has none of that name after the migrations: "drizzle-kit generate" compares the models with the snapshot, so it never writes the ADD COLUMN. Write it into a migration of "drizzle-kit generate --custom"; or, if the column is gone for good, take it out of the snapshot.',
    'unknown-table':
      'The migrations make table {{table}}, which a model maps, and the snapshot lacks it: the next "drizzle-kit generate" writes its CREATE TABLE again, which fails where the migrations have run. Let it write that migration, which sets the snapshot right, and take the statement out.',
    'unknown-column':
      'The migrations make column {{column}} of {{table}}, which a model maps, and the snapshot lacks it: the next "drizzle-kit generate" writes its ADD COLUMN again, which fails where the migrations have run. Let it write that migration, which sets the snapshot right, and take the statement out.',
    type: '{{table}}.{{column}} is {{wanted}} in the snapshot, and {{actual}} after the migrations: "drizzle-kit generate" compares the models with the snapshot, so it never writes the change of the type. Write it into a migration of "drizzle-kit generate --custom"; or set the model and the snapshot to {{actual}}.',
    nullable:
      '{{table}}.{{column}} {{wanted}} in the snapshot, and {{actual}} after the migrations: "drizzle-kit generate" compares the models with the snapshot, so it never writes the change. Write it into a migration of "drizzle-kit generate --custom"; or set the model and the snapshot to what the migrations say.',
    unnamed:
      'meta/_journal.json does not name {{tag}}: Drizzle never runs this file. If it is what a merge or a second "drizzle-kit generate" left behind, delete it; else give it an entry of the journal, behind the others.',
  },
  options: {
    ignore: strings('Tables, and columns of them, to leave alone, as globs: `legacy_*`, `user.legacy_*`.'),
  },
  *check({ facts, project, options }) {
    const unnamed = unnamedFile(project, facts);
    if (unnamed !== undefined) yield { message: 'unnamed', at: { start: 0, end: 0 }, data: { tag: unnamed.tag } };
    for (const part of staleParts(project, facts)) {
      const { table, column, origin, ...words } = told(part);
      if (isIgnored(options.ignore, table, column)) continue;
      const data = { table: spoken(table), column: column?.value ?? '', ...words };
      const related = origin ? [origin] : [];
      yield { message: part.kind, at: placeOf(part, facts), data, related };
    }
  },
});

/** Where the snapshot has it, or would have it. */
function placeOf(part: StalePart, { snapshot }: FileFacts): Span {
  if (part.kind === 'unknown-table') return snapshot!.span;
  return 'column' in part ? part.column.name.span : part.table.name.span;
}

interface Told {
  table: QualifiedName;
  column?: Name;
  wanted?: string;
  actual?: string;
  origin?: { path: string; at: Span; message: string };
}

/** The words for a difference, and the place in the migrations that it comes from. */
function told(part: StalePart): Told {
  switch (part.kind) {
    case 'unmade-table':
      return { table: part.table.name };
    case 'unknown-table': {
      const { name, origin } = part.made;
      return { table: name, origin: madeAt(origin, origin.operation.span) };
    }
    case 'unmade-column': {
      const { origin } = part.made;
      const at = { ...madeAt(origin, origin.operation.span), message: `table ${spoken(part.made.name)} is made here` };
      return { table: part.table.name, column: part.column.name, origin: at };
    }
    case 'unknown-column': {
      const { column, origin } = part.state;
      return { table: part.table.name, column: column.name, origin: madeAt(origin, column.span) };
    }
    case 'type': {
      const [wanted, actual] = [part.column.type, part.state.column.type.name];
      return { ...onBoth(part), wanted, actual };
    }
    case 'nullable': {
      const [wanted, actual] = [part.column.nullable, part.state.column.nullable === true].map((nullable) =>
        nullable ? 'takes NULL' : 'is NOT NULL',
      ) as [string, string];
      return { ...onBoth(part), wanted, actual };
    }
  }
}

const onBoth = ({ table, column, state }: Extract<StalePart, { kind: 'type' | 'nullable' }>): Told => ({
  table: table.name,
  column: column.name,
  origin: madeAt(state.origin, state.column.span),
});

const madeAt = ({ facts }: Origin, at: Span): NonNullable<Told['origin']> => ({
  path: facts.path,
  at,
  message: 'made here',
});
