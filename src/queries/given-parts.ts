import type { Constraint, FileFacts, Index, Name, Orm, Project, QualifiedName, Table } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { changesIn } from './changes.js';
import { isFrameworkTable } from './framework-tables.js';
import { foldedInTable, objectKey } from './names.js';
import { writerOf } from './remedies.js';
import { indexesOf, keysOf } from './tables.js';

/** An index or constraint where a file declares or creates it. */
export interface GivenPart {
  fact: Index | Constraint;
  /** Absent where nobody and nothing that is known names it. */
  name?: Name;
  table: QualifiedName;
  /** The model or CREATE TABLE that it stands in. */
  declaration?: Table;
  /** In a model, or in a script or migration. */
  source: 'model' | 'migration';
  /** What it is written with. */
  writer: Orm;
}

/** Whether a part is an index and no constraint. */
export const isIndex = (fact: Index | Constraint): fact is Index => !('kind' in fact);

/** Columns that come from a mixin or base are said at these, and their parts with them. */
function* ownParts(table: Table): Generator<Index | Constraint> {
  const inherited = new Set<unknown>(
    table.columns.flatMap(({ from, constraints, indexes }) => (from === undefined ? [] : [...constraints, ...indexes])),
  );
  for (const part of [...keysOf(table), ...indexesOf(table)]) {
    if (!inherited.has(part) || part.name?.generated) yield part;
  }
}

function* partsOfModels({ tables, scope }: FileFacts): Generator<GivenPart> {
  if (scope === 'test') return;
  for (const table of tables) {
    if (table.role !== 'table' || table.name.name.unknown || isFrameworkTable(table.name.name.value)) continue;
    for (const fact of ownParts(table)) {
      const { name } = fact;
      const rest = { table: table.name, declaration: table, writer: table.declaredBy };
      yield { fact, ...(name && { name }), ...rest, source: 'model' };
    }
  }
}

/** The names that models give to indexes and constraints, behind the key of their table. */
const modelled = defineQuery((project): ReadonlySet<string> => {
  const keys = new Set<string>();
  for (const facts of project.files) {
    for (const { name, table } of partsOfModels(facts)) if (name) keys.add(partKey(table, name, facts));
  }
  return keys;
});

const partKey = (table: QualifiedName, name: Name, { dialect }: FileFacts): string =>
  `${objectKey(table, dialect)} ${foldedInTable(name, dialect)}`;

/**
 * The indexes and constraints that a file declares or creates, where people can still change them: of its models, and
 * of new migrations and scripts where no model has one of that name on that table.
 */
export function* givenParts(project: Project, facts: FileFacts): Generator<GivenPart> {
  yield* partsOfModels(facts);
  for (const { operation, statement, migration } of changesIn(project, facts)) {
    if (!('table' in operation) || operation.table === undefined || isFrameworkTable(operation.table.name.value))
      continue;
    const { table } = operation;
    const writer = statement ? 'sql' : writerOf(facts, migration);
    const definition = operation.kind === 'CreateTable' ? operation.definition : undefined;
    if (definition?.temporary || definition?.partitionOf) continue;
    const parts: (Index | Constraint)[] =
      operation.kind === 'CreateTable'
        ? [...ownParts(operation.definition)]
        : operation.kind === 'AddColumn'
          ? [...operation.column.constraints, ...operation.column.indexes]
          : operation.kind === 'AddConstraint'
            ? [operation.constraint]
            : operation.kind === 'CreateIndex'
              ? [operation.index]
              : [];
    for (const fact of parts) {
      const { name } = fact;
      if (name && modelled(project).has(partKey(table, name, facts))) continue;
      const declaration = definition && { declaration: definition };
      yield { fact, ...(name && { name }), table, ...declaration, source: 'migration', writer };
    }
  }
}
