import type { FileFacts, Migration, Statement } from '../../ir/index.js';
import { pairKey } from './runners.js';

/** What the link step knows of a file beside its facts. */
export interface SqlSymbols {
  /** The file stands for the migrations before it on an empty database. */
  snapshot: true;
}

const nowhere = { start: 0, end: 0 };

/** Joins the two files of a migration, and takes a snapshot out of the history that it stands for. */
export function link(files: readonly FileFacts[]): FileFacts[] {
  const ups = new Set<string>();
  const downs = new Map<string, Migration>();
  const first = new Map<string, Migration>();
  for (const facts of files) {
    for (const migration of facts.migrations) {
      if (migration.half === 'down') downs.set(pairKey(migration), migration);
      else ups.add(pairKey(migration));
      if (facts.symbols === undefined && migration.half === undefined) {
        const known = first.get(migration.history);
        if (known === undefined || isBefore(migration, known)) first.set(migration.history, migration);
      }
    }
  }
  return files.map((facts) => {
    const [migration] = facts.migrations;
    if (migration === undefined) return facts;
    if (facts.symbols !== undefined) {
      const earliest = first.get(migration.history);
      return earliest && !isBefore(migration, earliest) ? asScript(facts, migration) : facts;
    }
    if (migration.half === 'down') return ups.has(pairKey(migration)) ? facts : alone(facts, migration);
    const down = downs.get(pairKey(migration));
    // The steps stay where they are written, for their spans are those of the other file.
    return down === undefined
      ? facts
      : { ...facts, migrations: [{ ...migration, down: { ...migration.down, state: down.down.state } }] };
  });
}

/** A baseline or checkpoint is run in place of the migrations before it, never after them. */
const asScript = (facts: FileFacts, { up }: Migration): FileFacts => ({
  ...facts,
  migrations: [],
  statements: up.steps.flatMap((step): Statement[] => ('statement' in step ? [step.statement] : [])),
});

function alone(facts: FileFacts, { id }: Migration): FileFacts {
  const message = `This is the way back of migration ${id}, and no file holds the way there, so that it takes back nothing.`;
  return { ...facts, problems: [...facts.problems, { code: 'alone', message, span: nowhere }] };
}

function isBefore({ order: a }: Migration, { order: b }: Migration): boolean {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [left, right] = [a[index] ?? -1, b[index] ?? -1];
    if (left !== right) return left < right;
  }
  return false;
}
