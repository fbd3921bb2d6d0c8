import { defineRule } from '../../src/rule.js';
import type { Constraint } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { droppedConstraints, isKeptElsewhere, isMoot } from '../../src/queries/dropped-constraints.js';
import { lockClause } from '../../src/queries/lock-clause.js';
import { reviewedMarker } from '../../src/queries/markers.js';
import { spoken } from '../../src/queries/names.js';

export default defineRule({
  summary: 'A migration drops a foreign key, check or unique constraint.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'history', 'sql-ast'],
  fix: 'none',
  sources: [
    '002_7a51ca8b5657ab8c.txt',
    'atlas CD101',
    'diesel-guard DropConstraint',
    'pgfence drop-constraint',
    'pgsafe drop-constraint',
  ],
  messages: {
    dropped:
      '{{what}} of {{table}} is dropped: {{rows}} can enter at once, and adding it again fails on them{{lock}}. Where another one is meant to take its place, add that in the same migration; else say in a comment that begins with "reviewed:" what keeps such rows out.',
  },
  options: {},
  *check({ facts, project }) {
    const changes = [...changesIn(project, facts)];
    for (const dropped of droppedConstraints(project, facts, changes)) {
      const { placed, table, kind, name, state } = dropped;
      // What SQL Server calls a constraint may be no more than a default.
      if (kind === undefined && facts.dialect === 'tsql') continue;
      if (kind === 'primary' || isMoot(project, dropped, changes, facts.dialect)) continue;
      if (isKeptElsewhere(project, dropped) || reviewedMarker(project, facts, placed.operation)) continue;
      const { what, rows } = kind === undefined ? unknown : words[kind];
      const spokenName = name?.unknown ? undefined : (name?.value ?? state?.name);
      yield {
        message: 'dropped',
        at: placed.operation,
        data: {
          what: spokenName === undefined ? what : `${what} ${spokenName}`,
          table: spoken(table),
          rows: rows(state?.constraint),
          lock: lockClause(project, placed),
        },
        ...(state && {
          related: [
            { path: state.origin.facts.path, at: state.constraint, message: `${name?.value ?? what} comes from here` },
          ],
        }),
      };
    }
  },
});

interface Words {
  what: string;
  /** The rows that it kept out. */
  rows(constraint: Constraint | undefined): string;
}

const unknown: Words = { what: 'Constraint', rows: () => 'rows that it kept out' };

const columnsOf = (constraint: Constraint | undefined): string =>
  constraint && 'columns' in constraint ? constraint.columns.map(({ value }) => value).join(', ') : '';

const words: { readonly [K in Constraint['kind']]: Words } = {
  primary: unknown,
  foreign: {
    what: 'Foreign key',
    rows: (key) =>
      key?.kind === 'foreign' && key.target
        ? `rows whose ${columnsOf(key)} is nowhere in ${spoken(key.target)}`
        : 'rows that refer to nothing',
  },
  unique: {
    what: 'Unique constraint',
    rows: (key) => (key === undefined ? 'rows of equal values' : `rows of equal ${columnsOf(key)}`),
  },
  check: {
    what: 'Check constraint',
    rows: (check) => (check?.kind === 'check' ? `rows without ${check.expression}` : 'rows that it refused'),
  },
  exclude: { what: 'Exclusion constraint', rows: () => 'rows that overlap' },
};
