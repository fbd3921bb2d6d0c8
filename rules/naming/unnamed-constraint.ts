import { defineRule, strings } from '../../src/rule.js';
import type { Constraint, Dialect, Index, Table } from '../../src/ir/index.js';
import { givenParts, isIndex } from '../../src/queries/given-parts.js';
import { conventionKeys, conventionOfOperations, entryOf, metadataInUse } from '../../src/queries/naming-convention.js';
import { spoken } from '../../src/queries/names.js';
import { columnsOf, filled, recommendedTemplate } from '../../src/queries/naming-templates.js';
import { isCertain } from '../../src/queries/tables.js';

const kinds: { readonly [K in Constraint['kind']]: string } = {
  primary: 'primary key',
  unique: 'unique constraint',
  foreign: 'foreign key',
  check: 'check constraint',
  exclude: 'exclusion constraint',
};

export default defineRule({
  summary: 'A constraint or index in a migration has no explicit name.',
  severity: 'warn',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['sql', 'python'],
  needs: ['file', 'project'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt', '004_9452bc49d0f85f35.txt', 'diesel-guard UnnamedConstraintCheck', 'squawk'],
  messages: {
    unnamed:
      'The {{object}} of {{table}}{{columns}} has no name in this migration: the database makes one up, which differs from one ' +
      'kind and version to the next, so a later migration, and the way back, can\'t name what to drop. Call it "{{name}}".',
    add: 'Call it "{{name}}".',
  },
  options: {
    kinds: strings(
      'What needs a name: primary key (`pk`), foreign key (`fk`), unique (`uq`) and check (`ck`) constraints, indexes (`ix`).',
      ['pk', 'fk', 'uq', 'ck', 'ix'],
    ),
  },
  *check({ facts, project, options, authoring }) {
    const convention = conventionOfOperations(project);
    for (const { fact, name, table, declaration, source, writer } of givenParts(project, facts)) {
      const key = isIndex(fact) ? 'ix' : conventionKeys[fact.kind];
      if (facts.dialect === 'sqlite' || source === 'model' || name !== undefined || !options.kinds.includes(key))
        continue;
      if (!isCertain(fact, 'name') || !isCertain(fact, 'columns') || isInline(fact, declaration, facts.dialect))
        continue;
      // Alembic names what a convention has an entry for.
      const isNamed = convention.kind === 'known' && entryOf(convention.convention, key) !== undefined;
      if (writer !== 'sql' && (isNamed || (convention.kind === 'unknown' && metadataInUse(project).size > 0))) continue;
      const columns = columnsOf(fact);
      const better = filled(recommendedTemplate(key), fact, table);
      if (better === undefined) {
        yield {
          message: 'unnamed',
          at: fact,
          data: { object: nounOf(fact), table: spoken(table), columns: '', name: '…' },
        };
        continue;
      }
      yield {
        message: 'unnamed',
        at: fact,
        data: {
          object: nounOf(fact),
          table: spoken(table),
          columns: columns.length > 0 ? ` (${columns.join(', ')})` : '',
          name: better,
        },
        ...(!isIndex(fact) && {
          suggest: {
            message: 'add',
            data: { name: better },
            edits: authoring.nameConstraint(fact, better, { final: writer !== 'sql' }),
          },
        }),
      };
    }
  },
});

/**
 * Whether a constraint is written at its column, where it is named by a fixed rule: SQL Server and Oracle alone make
 * such a name up. A primary key in SQL has no second one beside it to be taken for.
 */
function isInline(fact: Index | Constraint, declaration: Table | undefined, dialect: Dialect): boolean {
  if (isIndex(fact)) return false;
  if (/^(?:sql|kysely)$/.test(declaration?.declaredBy ?? '') && fact.kind === 'primary') return true;
  const { start } = fact.span;
  const atColumn = declaration?.columns.some(({ constraints }) => constraints.some(({ span }) => span.start === start));
  return atColumn === true && (fact.kind === 'primary' || (dialect !== 'tsql' && dialect !== 'oracle'));
}

const nounOf = (fact: Index | Constraint): string => (isIndex(fact) ? 'index' : kinds[fact.kind]);
