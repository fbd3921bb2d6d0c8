import type { Project, Relationship, Table } from '../../src/ir/index.js';
import { headOf } from '../../src/queries/declarations.js';
import { isCertain } from '../../src/queries/tables.js';
import { defineRule } from '../../src/rule.js';

export default defineRule({
  summary: 'The other side of a relation is missing, or is another one.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['project'],
  fix: 'suggestion',
  sources: ['002_7a51ca8b5657ab8c.txt', '004_9452bc49d0f85f35.txt', 'Prisma validator'],
  messages: {
    missing:
      '"{{attribute}}" names "{{inverse}}" of {{other}} as its other side, and {{other}} has none: {{failure}}. {{remedy}}.',
    other:
      '"{{attribute}}" names "{{inverse}}" of {{other}} as its other side, which is no relation: {{failure}}. Name the relation back, or take the inverse out.',
    class:
      '"{{attribute}}" names "{{inverse}}" of {{other}} as its other side, which leads to {{back}}, not to {{own}}: {{failure}}. Name the relation that leads back.',
    differs:
      '"{{attribute}}" names "{{inverse}}" of {{other}} as its other side, which names "{{back}}" in turn: a change on one side reaches another attribute than this one. Let both name each other.',
    unreturned:
      '"{{attribute}}" names "{{inverse}}" of {{other}} as its other side, which names none: what is set there does not show here before it is loaded again. Let it name "{{attribute}}" too.',
    add: 'Add "{{inverse}}" to {{other}}.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    if (facts.scope === 'test') return;
    for (const table of facts.tables) {
      if (table.role === 'abstract') continue;
      for (const relationship of table.relationships) {
        const { attribute, inverse, otherSide } = relationship;
        const message = problemOf(relationship, facts.frontend === 'python');
        if (message === undefined || inverse === undefined || otherSide === undefined) continue;
        const isPython = facts.frontend === 'python';
        const data = {
          attribute: attribute.value,
          inverse,
          other: otherSide.className,
          own: table.className ?? table.name.name.value,
          back: (message === 'class' ? otherSide.target : otherSide.inverse) ?? '',
          failure: isPython
            ? 'SQLAlchemy raises when any mapped class is first used'
            : 'TypeORM finds no key to join them by',
          remedy: `Add it, or take the inverse out of "${attribute.value}"`,
        };
        const to = otherSide.path === facts.path ? classOf(project, facts.path, otherSide.className) : undefined;
        yield {
          message,
          ...(message === 'unreturned' && { severity: 'warn' as const }),
          at: headOf(relationship, attribute),
          data,
          related: [{ path: otherSide.path, at: otherSide.span, message: `${otherSide.className} is declared here.` }],
          ...(message === 'missing' &&
            to && { suggest: { message: 'add' as const, data, edits: authoring.addInverse(relationship, table, to) } }),
        };
      }
    }
  },
});

type Problem = 'missing' | 'other' | 'class' | 'differs' | 'unreturned';

function problemOf(relationship: Relationship, isPython: boolean): Problem | undefined {
  const { attribute, inverse, otherSide, from, viewOnly, kind } = relationship;
  if (inverse === undefined || otherSide === undefined || from !== undefined) return undefined;
  // TypeORM needs the other side only where that holds the key.
  if (!isCertain(relationship, 'target') || (!isPython && kind !== 'one-to-many')) return undefined;
  if (otherSide.is !== 'relationship') return otherSide.is;
  if (otherSide.returns === false) return 'class';
  if (otherSide.open || otherSide.returns === undefined || viewOnly || !isPython) return undefined;
  if (otherSide.inverse === undefined) return 'unreturned';
  return otherSide.inverse === attribute.value ? undefined : 'differs';
}

const classOf = (project: Project, path: string, name: string): Table | undefined =>
  project.files.find((file) => file.path === path)?.tables.find(({ className }) => className === name);
