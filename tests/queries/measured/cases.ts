import { readFileSync } from 'node:fs';
import { frontEnds } from '../../../src/frontends/registry.js';
import type { Operation, Project } from '../../../src/ir/index.js';
import { effectOf, isStronger, type LockMode } from '../../../src/queries/locks.js';
import { operationsIn } from '../../../src/queries/operations.js';
import { replaysOf, type Schema } from '../../../src/queries/replay.js';
import { projectOf } from '../support/project.js';
import type { Measured } from './measure.js';

/** A script, and what a server did when it ran it on the tables of `schema.sql`. */
export interface Case extends Partial<Measured> {
  case: string;
  ddl: string;
  locks: { [relation: string]: string };
  newStorage?: string[];
}

/** What is said of a case, by a server or by ddlint. */
export interface Outcome {
  locks: { [relation: string]: string };
  rewrite: boolean | undefined;
  scans: string[];
  buildsIndexes: boolean | undefined;
  validates: boolean;
}

export const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
export const casesOf = (name: string): Case[] => (JSON.parse(read(name)) as { cases: Case[] }).cases;

/** What the server said. */
export const measuredOutcome = (of: Case): Outcome => ({
  locks: of.locks,
  rewrite: (of.rewrites ?? []).length > 0,
  scans: [...new Set(of.scans)].sort(),
  buildsIndexes: (of.buildsIndexes ?? []).length > 0,
  validates: (of.validatesForeignKeys ?? []).length > 0,
});

const schema = read('schema.sql');

/** A project in which each case is a script of its own, which makes the tables first. */
export async function projectOfCases(cases: readonly Case[], postgresVersion: number): Promise<Project> {
  const files = Object.fromEntries(cases.map(({ ddl }, place) => [`${place}.sql`, `${schema}${ddl};\n`]));
  const project = await projectOf(files);
  const verify = await frontEnds.find(({ loadVerifier }) => loadVerifier)!.loadVerifier!(new Set(['postgresql']));
  for (const { statements } of project.files) verify(statements);
  return { ...project, settings: { ...project.settings, postgresVersion } };
}

/** As `pg_locks` spells it. */
const spelled = (mode: LockMode): string =>
  `${mode
    .split(' ')
    .map((word) => word[0]! + word.slice(1).toLowerCase())
    .join('')}Lock`;

/** The operations of the case at that place, without those that make its tables. */
function operationsOfCase(project: Project, place: number) {
  const facts = project.files[place]!;
  return [...operationsIn(facts)].filter(
    ({ operation, inRoutine }) => !inRoutine && operation.span.start >= schema.length,
  );
}

/** What ddlint says of the case at that place, the statements taken together; undefined where it does not know one. */
export function saidOutcome(project: Project, place: number): Outcome | undefined {
  const placed = operationsOfCase(project, place);
  const effects = placed.map((each) => effectOf(project, each));
  if (effects.length === 0 || effects.some((effect) => effect === undefined)) return undefined;
  const known = effects.flatMap((effect) => effect ?? []);
  const strongest = new Map<string, LockMode>();
  const after = names(
    placed.map(({ operation }) => operation),
    replaysOf(project)[place]!.final,
  );
  for (const { table, mode } of known.flatMap(({ locks }) => locks)) {
    const name = after(table.name.value);
    const before = name === undefined ? undefined : strongest.get(name);
    if (name !== undefined && (before === undefined || isStronger(mode, before))) strongest.set(name, mode);
  }
  const either = (of: 'rewrite' | 'buildsIndexes') =>
    known.some((effect) => effect[of] === true) ||
    (known.some((effect) => effect[of] === undefined) ? undefined : false);
  return {
    locks: Object.fromEntries([...strongest].map(([name, mode]) => [name, spelled(mode)])),
    rewrite: either('rewrite'),
    scans: [...new Set(known.flatMap(({ scans }) => scans.map(({ name }) => name.value)))].sort(),
    buildsIndexes: either('buildsIndexes'),
    validates: known.some(({ validates }) => validates),
  };
}

/** By what name a relation can be seen once the operations have run: locks on one that is gone can't. */
function names(operations: readonly Operation[], final: Schema): (before: string) => string | undefined {
  const renamed = new Map<string, string>();
  for (const operation of operations) {
    if (operation.kind === 'RenameTable') renamed.set(operation.table.name.value, operation.to.name.value);
    if (operation.kind === 'RenameView') renamed.set(operation.view.name.value, operation.to.name.value);
  }
  return (before) => {
    const name = renamed.get(before) ?? before;
    return final.tableByKey(name)?.external === false || final.viewByKey(name) !== undefined ? name : undefined;
  };
}
