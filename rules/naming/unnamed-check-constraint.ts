import { defineRule } from '../../src/rule.js';
import type { CheckConstraint, FileFacts, Project, QualifiedName, Table } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { checkName } from '../../src/queries/check-names.js';
import {
  conventionOfOperations,
  conventionOfTable,
  entryOf,
  type Convention,
} from '../../src/queries/naming-convention.js';
import { spoken } from '../../src/queries/names.js';
import { tokensOf } from '../../src/queries/naming-templates.js';
import { keysOf } from '../../src/queries/tables.js';

export default defineRule({
  summary: 'A CHECK, or the check of a Boolean or Enum, has no name while the naming convention needs one.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['project'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt'],
  messages: {
    unnamed:
      'The check on {{table}} has no name, and the naming convention makes its name of one: "{{template}}". SQLAlchemy raises ' +
      'InvalidRequestError when the table is created. Write name="{{name}}".',
    add: 'Call it "{{name}}".',
  },
  options: {},
  *check({ facts, project, authoring }) {
    for (const { check, table, convention } of checksIn(project, facts)) {
      const entry = convention.kind === 'known' ? entryOf(convention.convention, 'ck') : undefined;
      const template = entry?.template?.value ?? '';
      if (check.name !== undefined || !tokensOf(template).includes('constraint_name')) continue;
      const name = checkName(check.expression);
      yield {
        message: 'unnamed',
        at: check,
        data: { table: spoken(table), template, name },
        suggest: { message: 'add', data: { name }, edits: authoring.nameConstraint(check, name) },
      };
    }
  },
});

interface PlacedCheck {
  check: CheckConstraint;
  table: QualifiedName;
  convention: Convention;
}

function* checksIn(project: Project, facts: FileFacts): Generator<PlacedCheck> {
  for (const table of facts.scope === 'test' ? [] : facts.tables) {
    if (table.role !== 'table' && table.role !== 'abstract') continue;
    const convention = table.role === 'table' ? conventionOfTable(project, table) : conventionBelow(project, table);
    for (const check of ownChecks(table)) yield { check, table: table.name, convention };
  }
  const convention = conventionOfOperations(project);
  for (const { operation, statement } of changesIn(project, facts)) {
    if (statement !== undefined) continue;
    if (operation.kind === 'CreateTable') {
      for (const check of ownChecks(operation.definition)) yield { check, table: operation.table, convention };
    } else if (operation.kind === 'AddConstraint' && operation.constraint.kind === 'check') {
      yield { check: operation.constraint, table: operation.table, convention };
    } else if (operation.kind === 'AddColumn') {
      for (const check of operation.column.constraints) {
        if (check.kind === 'check') yield { check, table: operation.table, convention };
      }
    }
  }
}

/** The checks of a table, those that a mixin or base gives left out: they are said there. */
function* ownChecks(table: Table): Generator<CheckConstraint> {
  const given = new Set<unknown>(
    table.columns.flatMap(({ from, constraints }) => (from === undefined ? [] : constraints)),
  );
  for (const check of keysOf(table)) if (check.kind === 'check' && !given.has(check)) yield check;
}

/** The convention of a table that takes columns from a mixin or base. */
function conventionBelow(project: Project, { className }: Table): Convention {
  for (const { tables, scope } of project.files) {
    if (scope === 'test') continue;
    const heir = tables.find(({ role, columns }) => role === 'table' && columns.some(({ from }) => from === className));
    if (heir !== undefined) return conventionOfTable(project, heir);
  }
  return { kind: 'unknown' };
}
