import type { Dialect, Span, Text, Uncertainty } from '../../../ir/index.js';
import type { LinkedFile } from '../library.js';
import { settled, type Lookup } from '../linking/lookup.js';
import { step } from '../values/applied.js';
import { chained, placedAt } from '../values/children.js';
import { textOf, type Entry, type ReferenceValue, type Value } from '../values/values.js';
import { builderOf, type Builder } from './builders.js';
import { casings } from './casings.js';
import type { DeclarationRecord, Declared } from './declare.js';
import { headOf, type Head } from './heads.js';
import { coreOf, dialectOf } from './modules.js';
import { cased, type Casing, type NamedColumn } from './names.js';
import { callsOf, returnedWith } from './values.js';

/** A column of a table before its methods are read. */
export interface KeyedColumn extends NamedColumn {
  key: string;
  entry: Entry;
  /** Where the name stands in this file. */
  nameSpan: Span;
  /** The name is computed. */
  nameUnknown?: true;
  /** Absent where the column is not made by a builder that is known. */
  builder?: Builder;
}

/** A table or view of some file, with the names that it has in the database. */
export interface DeclaredTable {
  path: string;
  record: DeclarationRecord;
  head: Head;
  dialect: Dialect;
  casing: Casing | undefined;
  name: Text;
  schema?: Text;
  columns: Map<string, KeyedColumn>;
  /** The function that builds indexes and keys from the columns, or what it returns. */
  extra: Value | undefined;
  uncertain: Uncertainty[];
}

/** A column of a table, as a value names it: `users.id`. */
export interface ColumnPlace {
  table: DeclaredTable;
  column: KeyedColumn;
}

/** All that the files of a project declare with Drizzle, worked out as it is asked for. */
export class Schema {
  readonly #declared: ReadonlyMap<string, { declared: Declared; dialect: Dialect }>;
  readonly #tables = new Map<DeclarationRecord, DeclaredTable | undefined>();
  #spreadNames: ReadonlySet<string> | undefined;
  readonly #casingOf: (path: string) => { casing?: Casing; unknown?: true };

  constructor(
    files: readonly LinkedFile[],
    readonly lookup: Lookup,
  ) {
    this.#declared = new Map(
      files.flatMap(({ path, dialect, symbols }) => {
        const declared = symbols.declared['drizzle'] as Declared | undefined;
        return declared ? [[path, { declared, dialect }] as const] : [];
      }),
    );
    this.#casingOf = casings(files, lookup);
  }

  /** What each file declares. */
  get files(): Iterable<readonly [string, { declared: Declared; dialect: Dialect }]> {
    return this.#declared;
  }

  table(path: string, record: DeclarationRecord): DeclaredTable | undefined {
    if (this.#tables.has(record)) return this.#tables.get(record);
    this.#tables.set(record, undefined);
    const table = this.#read(path, record);
    this.#tables.set(record, table);
    return table;
  }

  /** An object of columns as a table without a name of its own; nothing where no table takes columns from it. */
  helper(path: string, record: DeclarationRecord): DeclaredTable | undefined {
    const columns = settled(record.value, path, this.lookup);
    const first = columns.kind === 'object' ? columns.entries.map(({ value }) => callsOf(value).root) : [];
    const core = first.flatMap((root) => (root.kind === 'made' ? (coreOf(root.origin.module) ?? []) : []))[0];
    const file = this.#declared.get(path);
    if (!core || !file || !this.#spread().has(record.name)) return undefined;
    const { casing, unknown } = this.#casingOf(path);
    const table: DeclaredTable = {
      path,
      record,
      head: { core, isView: false, name: undefined, columns, extra: undefined },
      dialect: dialectOf(core, file.dialect),
      casing,
      name: { value: record.name, span: record.span },
      columns: new Map(),
      extra: undefined,
      uncertain: [],
    };
    this.#columns(table, unknown === true);
    return table;
  }

  /** Names of what tables spread in. */
  #spread(): ReadonlySet<string> {
    if (this.#spreadNames) return this.#spreadNames;
    const names = new Set<string>();
    for (const [path, { declared }] of this.#declared) {
      for (const record of declared.tables) {
        for (const { entry } of this.table(path, record)?.columns.values() ?? [])
          if (entry.from !== undefined) names.add(entry.from);
      }
    }
    return (this.#spreadNames = names);
  }

  /** The declaration that a name leads to. */
  place(value: ReferenceValue, from: string): { path: string; name: string } | undefined {
    const home = value.home ?? from;
    if (value.module === undefined) return { path: home, name: value.name };
    return this.lookup.placeOf({ module: value.module, name: value.name }, home);
  }

  /** The table that a value names, and what is read of it. */
  tableOf(value: Value, from: string): { table: DeclaredTable; path: readonly string[] } | undefined {
    if (value.kind !== 'reference') return undefined;
    const place = this.place(value, from);
    const record = place && this.#record(place);
    const table = place && record && this.table(place.path, record);
    return table && { table, path: value.path };
  }

  columnOf(value: Value, from: string): ColumnPlace | undefined {
    const found = this.tableOf(value, from);
    const [key, ...rest] = found?.path ?? [];
    const column = key !== undefined && rest.length === 0 ? found?.table.columns.get(key) : undefined;
    return found && column && { table: found.table, column };
  }

  #record({ path, name }: { path: string; name: string }): DeclarationRecord | undefined {
    return this.#declared.get(path)?.declared.tables.find((each) => each.name === name);
  }

  #read(path: string, record: DeclarationRecord): DeclaredTable | undefined {
    const head = headOf(this.#followed(settled(record.value, path, this.lookup), path));
    const file = this.#declared.get(path);
    if (!head || !file) return undefined;
    const dialect = dialectOf(head.core, file.dialect);
    const { casing, unknown } = this.#casingOf(path);
    const uncertain: Uncertainty[] = [];
    const name = textOf(head.name);
    if (name === undefined) uncertain.push({ about: 'name', reason: 'the table name is computed' });
    const schema = head.schema && textOf(head.schema);
    if (head.schema && schema === undefined) uncertain.push({ about: 'name', reason: 'the schema is computed' });
    const table: DeclaredTable = {
      path,
      record,
      head,
      dialect,
      casing,
      name: { value: name ?? record.name, span: head.name?.span ?? record.span },
      ...(head.schema && schema !== undefined && { schema: { value: schema, span: head.schema.span } }),
      columns: new Map(),
      extra: head.extra,
      uncertain,
    };
    this.#columns(table, unknown === true);
    return table;
  }

  #columns(table: DeclaredTable, casingUnknown: boolean): void {
    const { head, path, dialect, casing, uncertain } = table;
    let { columns } = head;
    if (columns?.kind === 'function') columns = returnedWith(columns, () => undefined);
    if (columns?.kind === 'reference') columns = this.#followed(columns, path);
    if (columns?.kind !== 'object') {
      if (columns || !head.isView) uncertain.push({ about: 'everything', reason: 'the columns are computed' });
      return;
    }
    if (!columns.complete) uncertain.push({ about: 'everything', reason: 'some of the columns are computed' });
    for (const entry of columns.entries) {
      const builder = builderOf(this.#followed(entry.value, path), head.core, dialect);
      const given = builder?.columnName;
      const text = textOf(given);
      const unknown = !builder || (given && text === undefined) || (!given && casingUnknown);
      const column: KeyedColumn = {
        key: entry.key,
        entry,
        raw: text ?? entry.key,
        name: text ?? cased(entry.key, casing),
        nameSpan: given && text !== undefined ? given.span : keySpan(entry),
        ...(unknown && { nameUnknown: true as const }),
        ...(builder && { builder }),
      };
      table.columns.set(entry.key, column);
    }
  }

  /** A value whose names of other files stand for what they hold: a column that is made elsewhere. */
  #followed(value: Value, from: string, depth = 0): Value {
    if (depth > maxDepth) return value;
    if (value.kind === 'chain' && value.of.kind === 'reference') {
      const of = this.#followed(value.of, from, depth + 1);
      return of.kind === 'made' || of.kind === 'chain' ? chained(of, value.links, value.span) : value;
    }
    if (value.kind !== 'reference') return value;
    const home = value.home ?? from;
    const origin = value.module === undefined ? undefined : { module: value.module, name: value.name };
    const target = origin ? this.lookup.valueOf(origin, home, true) : this.#own(value.name, home);
    const inner = value.path.reduce<Value | undefined>(step, target);
    if (!inner || inner.kind === 'reference') return value;
    return placedAt(inner, value.span);
  }

  /** What a name that might have been a table's holds. */
  #own(name: string, path: string): Value | undefined {
    const record = this.#record({ path, name });
    return record && settled(record.value, path, this.lookup);
  }
}

const maxDepth = 8;

/** Where the key of a property stands; what is spread in has the place of the spread. */
function keySpan({ key, span, from }: Entry): Span {
  if (from !== undefined) return span;
  const length = key.length + (/^[A-Za-z_$][\w$]*$/.test(key) ? 0 : 2);
  return { start: span.start, end: Math.min(span.end, span.start + length) };
}
