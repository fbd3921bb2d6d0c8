import type { Project, Statement } from '../../ir/index.js';
import { defineQuery } from '../../rule.js';
import { isDocumentation } from '../engines.js';
import { operationsIn, statementsIn } from '../operations.js';

interface Elsewhere {
  /** What SQL outside of migrations makes, and the views of migrations. */
  made: ReadonlySet<string>;
  /** What code works with past the models, and what triggers and routines do. */
  named: ReadonlySet<string>;
}

const word = /[\p{L}_][\p{L}\p{N}_$]*/gu;

/** Names in lower case, schemas left out. */
const elsewhere = defineQuery((project): Elsewhere => {
  const [made, named] = [new Set<string>(), new Set<string>()];
  const addWords = (text: string): void => {
    for (const [each] of text.matchAll(word)) named.add(each.toLowerCase());
  };
  for (const facts of project.files) {
    if (facts.scope === 'test' || isDocumentation(facts.path)) continue;
    if (facts.migrations.length === 0) for (const { name } of facts.tables) named.add(name.name.value.toLowerCase());
    for (const { operation, section } of operationsIn(facts)) {
      if ('view' in operation) made.add(operation.view.name.value.toLowerCase());
      if (section === 'none' && operation.kind === 'CreateTable') made.add(operation.table.name.value.toLowerCase());
    }
    for (const { skeleton, context } of facts.sites) {
      if (context === 'application') for (const piece of skeleton) if (typeof piece === 'string') addWords(piece);
    }
    for (const statement of facts.statements) addUses(statement, named);
    for (const statement of statementsIn(facts)) if (isProgram(statement)) addWords(statement.text);
  }
  return { made, named };
});

const definition = /^(?:CREATE|ALTER|DROP|COMMENT|TRUNCATE|LOCK)\b/;

function addUses({ verb, reads, writes }: Statement, named: Set<string>): void {
  if (definition.test(verb)) return;
  for (const { name } of [...reads, ...writes]) named.add(name.value.toLowerCase());
}

/** What it names is worked with whenever the server runs it. */
const isProgram = ({ operations }: Statement): boolean =>
  operations.some(({ kind }) => /^(?:CreateRoutine|CreateTrigger|CreateView|CreateMaterializedView)$/.test(kind));

/** Whether something other than a migration's CREATE TABLE makes what has this name. */
export const madeElsewhere = (project: Project, name: string): boolean =>
  elsewhere(project).made.has(name.toLowerCase());

/** Whether a model of whatever library, a query, a view, a routine or a trigger works with a table of this name. */
export const namedElsewhere = (project: Project, name: string): boolean =>
  elsewhere(project).named.has(name.toLowerCase());
