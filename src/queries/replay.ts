import type { CheckConstraint, ColumnType, Migration, Name, Operation, Project, QualifiedName } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { foldedInTable, objectKey } from './names.js';
import { operationsIn, operationsOf, type PlacedOperation } from './operations.js';
import { apply } from './replay/apply.js';
import { Draft, type Script } from './replay/draft.js';
import { indexHolds } from './replay/apply-columns.js';
import { takes } from './replay/apply-views.js';
import {
  columnKey,
  type ColumnState,
  type ConstraintState,
  type Origin,
  type Schema,
  type ViewState,
} from './replay/state.js';
import { histories, type History } from './revision-graph.js';
import { inOneBatch } from './shipped.js';
import { isCertain } from './tables.js';

export type { EnumTypeState, Origin, Schema, TableState, TypeState, ViewState } from './replay/state.js';

/** What one history, or one file of SQL outside of migrations, does to an empty database. */
export interface Replay {
  /** Absent for a file of SQL. */
  history?: History;
  /** The schema after the last step. */
  final: Schema;
}

/** What an operation finds, and where it stands. */
interface Found {
  schema: Schema;
  script: Script;
}

interface Replays {
  all: Replay[];
  before: Map<Operation, Found>;
  around: Map<Migration, { before: Schema; after: Schema }>;
}

/**
 * All histories run forwards in order, and each file of SQL outside of migrations run by itself: such a file is taken
 * for a script that starts from nothing known. Time and memory grow with the number of operations.
 */
const replays = defineQuery((project): Replays => {
  const result: Replays = { all: [], before: new Map(), around: new Map() };
  for (const history of histories(project)) {
    const draft = new Draft(history.ordered[0]!.facts.dialect);
    for (const { migration, facts } of history.ordered) {
      const before = draft.schema;
      run(result.before, draft, { facts, migration }, operationsOf(migration, 'up'));
      result.around.set(migration, { before, after: draft.schema });
    }
    result.all.push({ history, final: draft.schema });
  }
  for (const facts of project.files) {
    if (facts.scope === 'test' || facts.frontend !== 'sql' || facts.statements.length === 0) continue;
    const draft = new Draft(facts.dialect);
    const loose = [...operationsIn(facts)].filter(({ section }) => section === 'none');
    run(result.before, draft, { facts }, loose);
    result.all.push({ final: draft.schema });
  }
  return result;
});

function run(before: Map<Operation, Found>, draft: Draft, script: Script, operations: Iterable<PlacedOperation>): void {
  for (const placed of operations) {
    if (placed.inRoutine) continue;
    if (!before.has(placed.operation)) before.set(placed.operation, { schema: draft.schema, script });
    apply(draft, script, placed);
  }
}

/** The way back of one migration, run from what the migration leaves behind once somebody asks for it. */
class Downgrade {
  #ran: { before: Map<Operation, Found>; end: Schema } | undefined;

  constructor(
    private readonly script: Script,
    private readonly start: Schema,
    private readonly operations: readonly PlacedOperation[],
  ) {}

  before(operation: Operation): Found | undefined {
    return this.#run().before.get(operation);
  }

  get end(): Schema {
    return this.#run().end;
  }

  #run(): { before: Map<Operation, Found>; end: Schema } {
    if (this.#ran === undefined) {
      const before = new Map<Operation, Found>();
      const draft = new Draft(this.start);
      run(before, draft, this.script, this.operations);
      this.#ran = { before, end: draft.schema };
    }
    return this.#ran;
  }
}

/** The ways back by their operations, and by the migrations that they take back. */
const downgrades = defineQuery((project): ReadonlyMap<Operation | Migration, Downgrade> => {
  const { around, all } = replays(project);
  const byId = new Map(
    all.flatMap(({ history }) =>
      (history?.ordered ?? []).map(({ migration }) => [`${migration.history}\0${migration.id}`, migration] as const),
    ),
  );
  const result = new Map<Operation | Migration, Downgrade>();
  for (const facts of project.files) {
    for (const half of facts.migrations) {
      // A file that holds the way back alone goes with the file of the way there.
      const migration = half.half === 'down' ? byId.get(`${half.history}\0${half.id}`) : half;
      const start = migration && around.get(migration)?.after;
      if (migration === undefined || start === undefined) continue;
      const operations = [...operationsOf(half, 'down')];
      const downgrade = new Downgrade({ facts, migration, down: true }, start, operations);
      for (const { operation } of operations) result.set(operation, downgrade);
      if (operations.length > 0) result.set(migration, downgrade);
    }
  }
  return result;
});

/** Every replay of the project: histories first, then files of SQL outside of migrations. */
export function replaysOf(project: Project): readonly Replay[] {
  return replays(project).all;
}

/** The schema that a migration finds; of a branched history, everything that stands before it in `History.ordered`. */
export function schemaBefore(project: Project, migration: Migration): Schema | undefined {
  return replays(project).around.get(migration)?.before;
}

/** The schema that a migration leaves behind. */
export function schemaAfter(project: Project, migration: Migration): Schema | undefined {
  return replays(project).around.get(migration)?.after;
}

/** The schema once every migration of a history has run; without a history, of the only one. */
export function finalSchema(project: Project, history?: History): Schema | undefined {
  const ran = replays(project).all.filter((replay) => replay.history !== undefined);
  if (history === undefined) return ran.length === 1 ? ran[0]!.final : undefined;
  return ran.find((replay) => replay.history === history)?.final;
}

/** The schema that the way back of a migration leaves behind, run right after the migration; nothing where it does nothing. */
export function schemaAfterDowngrade(project: Project, migration: Migration): Schema | undefined {
  return downgrades(project).get(migration)?.end;
}

/**
 * The schema that one operation finds, also on the way back; nothing for operations that are not replayed: tests,
 * application code, bodies of routines.
 */
export function schemaAt(project: Project, operation: Operation): Schema | undefined {
  return found(project, operation)?.schema;
}

function found(project: Project, operation: Operation): Found | undefined {
  return replays(project).before.get(operation) ?? downgrades(project).get(operation)?.before(operation);
}

/** The type that a column has before an operation changes it; nothing where that is not known for certain. */
export function oldType(
  project: Project,
  operation: Extract<Operation, { table: QualifiedName; column: Name }>,
): ColumnType | undefined {
  const schema = schemaAt(project, operation);
  const table = schema?.table(operation.table);
  const state = table?.columns.get(columnKey(operation.column.value));
  if (table === undefined || state === undefined || state.column.type.name === 'unknown') return undefined;
  const isKnown = !operation.column.unknown && isCertain(table, 'everything') && isCertain(state, 'type');
  return isKnown ? state.column.type : undefined;
}

/**
 * Whether no row of a table has NULL in a column, for certain: it is NOT NULL, or a check that has been validated says so.
 * @param column its name in any case
 */
export function provenNotNull(schema: Schema, table: QualifiedName, column: string): boolean {
  const state = schema.table(table);
  const found = state?.columns.get(columnKey(column));
  // Of a table that was made elsewhere, what later operations say is certain until something else may have changed it.
  const isDoubted = state?.external ? state.uncertain.length > 1 : state && !isCertain(state, 'everything');
  if (state === undefined || isDoubted) return false;
  if (found?.column.nullable === false && isCertain(found, 'nullable')) return true;
  return notNullChecks(schema, table, column).some(
    (each) => !each.constraint.notValid && !each.constraint.notEnforced && isCertain(each, 'everything'),
  );
}

/** The checks of a table that let no NULL into a column, those that are not validated yet included. */
export function notNullChecks(schema: Schema, table: QualifiedName, column: string): ConstraintState[] {
  return (schema.table(table)?.constraints ?? []).filter(
    ({ constraint }) =>
      constraint.kind === 'check' && requiredBy(constraint).some((each) => columnKey(each) === columnKey(column)),
  );
}

/** `a IS NOT NULL` and nothing else, as the text of an API call has it, which no grammar reads. */
const notNullTest = /^[\s(]*(?:"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*))\s+IS\s+NOT\s+NULL[\s)]*$/iu;

function requiredBy({ expression, uses, notNull = [] }: CheckConstraint): string[] {
  if (uses !== undefined) return notNull;
  const [, quoted, word] = notNullTest.exec(expression) ?? [];
  return [quoted?.replaceAll('""', '"') ?? word ?? []].flat();
}

/**
 * The views that take something from a table, or from one column of it, as far as their queries were read: the views
 * that the database would have to drop along with it. Those that read such a view are not among them.
 */
export function viewsOver(schema: Schema, table: QualifiedName, column?: string): ViewState[] {
  const key = objectKey(table, schema.dialect);
  return schema.viewsOver(key).filter((view) => column === undefined || takes(view, key, column) === true);
}

/**
 * Whether a table, or a column of it, was created earlier in the same file as an operation, or by a migration that
 * reaches the database together with it, so that no rows and no readers can be there yet.
 */
export function isNewIn(
  project: Project,
  subject: { table: QualifiedName; column?: string },
  operation: Operation,
): boolean {
  const at = found(project, operation);
  const table = at?.schema.table(subject.table);
  if (at === undefined || table === undefined) return false;
  if (!table.external && together(project, table.origin, at.script)) return true;
  const column = subject.column === undefined ? undefined : table.columns.get(columnKey(subject.column));
  return column !== undefined && together(project, column.origin, at.script);
}

/** The same of a type, or of one value of an enum type. */
export function isTypeNewIn(project: Project, type: QualifiedName, operation: Operation, value?: string): boolean {
  const at = found(project, operation);
  const state = at?.schema.type(type);
  if (at === undefined || state === undefined) return false;
  const label = state.values?.find((each) => each.value === value);
  return (
    together(project, state.origin, at.script) || (label !== undefined && together(project, label.origin, at.script))
  );
}

/** On the way back, what the way there made has been in use since. */
function together(project: Project, origin: Origin, script: Script): boolean {
  if (script.down) return origin.down === true && origin.migration === script.migration;
  if (origin.migration && script.migration) return inOneBatch(project, origin.migration, script.migration);
  return origin.facts === script.facts;
}

/** Whether the table has an index already of the name that an operation gives to one, as far as what ran was read. */
export function isIndexThere(project: Project, operation: Extract<Operation, { kind: 'CreateIndex' }>): boolean {
  const { index, table } = operation;
  const schema = schemaAt(project, operation);
  if (schema === undefined || index.name === undefined) return false;
  const name = foldedInTable(index.name, schema.dialect);
  return schema.table(table)?.indexes.some((each) => each.name === name && isCertain(each, 'everything')) === true;
}

/** The operation that created the table which an operation works on; nothing for one made outside of the replay. */
export function creationOf(project: Project, table: QualifiedName, operation: Operation): Origin | undefined {
  const state = schemaAt(project, operation)?.table(table);
  return state === undefined || state.external ? undefined : state.origin;
}

/**
 * Whether the history of an operation makes every table that it works on, and all of it was read: then a table that it
 * does not make is none of its database.
 */
export function knowsEveryTable(project: Project, operation: Operation): boolean {
  const migration = replays(project).before.get(operation)?.script.migration;
  const replay =
    migration &&
    replaysOf(project).find(({ history }) => history?.ordered.some((each) => each.migration === migration));
  if (replay === undefined || replay.final.doubt !== undefined) return false;
  const tables = [...replay.final.tables()];
  return tables.length > 0 && tables.every(({ external }) => !external);
}

/** The column of a table in a schema; nothing where either is not there. */
export function columnOf(schema: Schema, table: QualifiedName, column: string): ColumnState | undefined {
  return schema.table(table)?.columns.get(columnKey(column));
}

/** The names of the indexes and keys that hold a column and go with it. */
export function indexesHolding(schema: Schema, table: QualifiedName, column: string): string[] {
  const state = schema.table(table);
  if (state === undefined) return [];
  const indexes = state.indexes.filter(({ index }) => indexHolds(index, column));
  const keys = state.constraints.filter(
    ({ constraint }) =>
      (constraint.kind === 'primary' || constraint.kind === 'unique') &&
      constraint.columns.some(({ value }) => columnKey(value) === columnKey(column)),
  );
  return [
    ...indexes.flatMap(({ index, name }) => index.name?.value ?? name ?? []),
    ...keys.flatMap(({ constraint, name }) => constraint.name?.value ?? name ?? []),
  ];
}
