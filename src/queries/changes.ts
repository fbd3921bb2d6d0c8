import type { FileFacts, Project } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { spoken } from './names.js';
import { operationsIn, type PlacedOperation } from './operations.js';
import { isShipped } from './shipped.js';

/**
 * The operations that a file is about to run against a database: of its new migrations, and of SQL that stands in a
 * file of its own. Left out are SQL inside application code, tests, routine bodies, branches for other dialects, and
 * downgrades unless asked for.
 */
export function changesIn(
  project: Project,
  facts: FileFacts,
  options: { down: boolean } = { down: false },
): readonly PlacedOperation[] {
  if (facts.scope === 'test' || isShipped(project, facts)) return [];
  const known = changesByFile(project);
  const all = known.get(facts) ?? allChangesIn(facts);
  known.set(facts, all);
  return options.down ? all : all.filter(({ section }) => section !== 'down');
}

/** Filled as files are asked for: nearly every rule about change asks for the same. */
const changesByFile = defineQuery(() => new Map<FileFacts, readonly PlacedOperation[]>());

function allChangesIn(facts: FileFacts): PlacedOperation[] {
  return [...withoutRepeats(operationsIn(facts))].filter(
    (placed) =>
      !placed.inRoutine && !isForOthers(placed, facts) && (placed.section !== 'none' || facts.frontend === 'sql'),
  );
}

function isForOthers({ guard }: PlacedOperation, { dialect }: FileFacts): boolean {
  return dialect !== 'unknown' && guard?.dialects !== undefined && !guard.dialects.includes(dialect);
}

/** The operations with those left out that a loop runs again on the same object. */
export function* withoutRepeats(operations: Iterable<PlacedOperation>): Generator<PlacedOperation> {
  const seen = new Set<string>();
  for (const placed of operations) {
    const { operation, section } = placed;
    const table = 'table' in operation && operation.table ? spoken(operation.table) : '';
    const column = 'column' in operation && operation.column ? nameOf(operation.column) : '';
    const index = operation.kind === 'CreateIndex' ? operation.index.name?.value : undefined;
    const key = JSON.stringify([section, operation.kind, operation.span, table, column, index]);
    if (!seen.has(key)) yield placed;
    seen.add(key);
  }
}

function nameOf(column: { name: { value: string } } | { value: string }): string {
  return 'name' in column ? column.name.value : column.value;
}
