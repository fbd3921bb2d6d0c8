import { defineRule, flag, strings } from '../../src/rule.js';
import type { Project } from '../../src/ir/index.js';
import { associationColumn } from '../../src/queries/association-columns.js';
import { unindexing } from '../../src/queries/dialects.js';
import { indexesCovering } from '../../src/queries/indexes.js';
import { indexBehind, looseTable } from '../../src/queries/loose-keys.js';
import { matchesGlob, spoken } from '../../src/queries/names.js';
import { headOf } from '../../src/queries/declarations.js';
import { indexRemedy, namesFor, writerOf } from '../../src/queries/remedies.js';
import { tablesAnsweredFor, type TableView } from '../../src/queries/table-views.js';
import { unkeyedRelations } from '../../src/queries/unkeyed-relations.js';
import { isCertain } from '../../src/queries/tables.js';

export default defineRule({
  summary: 'No index covers the columns of a foreign key.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript', 'prisma'],
  needs: ['project', 'history'],
  fix: 'suggestion',
  sources: [
    '001_d0f1cd6d4864747c.txt',
    '002_7a51ca8b5657ab8c.txt',
    '003_415f54345a6e7168.txt',
    'splinter 0001',
    'eugene E15',
    'pgsafe fk-without-covering-index',
    'active_record_doctor unindexed_foreign_keys',
  ],
  messages: {
    missing:
      'Foreign key {{table}} ({{columns}}) has no index: every DELETE or key UPDATE on {{target}} reads the whole of {{table}}, and so do joins from it. Write {{remedy}}.',
    part: 'Foreign key {{table}} ({{columns}}) has an index over {{indexed}} only: every DELETE or key UPDATE on {{target}} reads all rows of {{table}} that have the same {{indexed}}, which is enough where these are few. Where they are many, write {{remedy}}.',
    relation:
      '{{table}} ({{columns}}) leads to {{target}} by a relation without a foreign key, and has no index: reading the other side, and every delete of a {{target}} that the client follows up, reads the whole of {{table}}. Write {{remedy}}.',
    add: 'Index {{columns}}.',
  },
  options: {
    ignore: strings('Columns to leave alone, as `table.column`; `*` stands for any run of characters.'),
    partialOk: flag('Count a partial index as an index, whatever its predicate.'),
  },
  *check({ facts, project, options, authoring }) {
    for (const view of tablesAnsweredFor(project, facts)) {
      if (view.partition) continue;
      for (const { relationship, columns } of unkeyedRelations(project, view)) {
        const names = columns.map(({ value }) => value);
        if (names.some((name) => matchesGlob(`${view.name.name.value}.${name}`, options.ignore))) continue;
        if (indexesCovering(project, view, names, { partial: options.partialOk }).length > 0) continue;
        // One that several columns join by, with one of them indexed, reads few rows.
        if (indexedPart(project, view, names, options.partialOk) !== undefined) continue;
        const { span, target = 'the other side' } = relationship;
        const fields = namesFor('prisma', view.declaration, columns);
        const data = { table: spoken(view.name), columns: names.join(', '), indexed: '', target };
        yield {
          message: 'relation',
          at: headOf(relationship, relationship.attribute),
          data: { ...data, remedy: indexRemedy('prisma', view.name.name, fields, facts.dialect) },
          suggest: {
            message: 'add',
            data,
            edits: authoring.addIndex(
              { kind: 'foreign', columns, targetColumns: [], span, uncertain: [] },
              view.declaration!,
            ),
          },
        };
      }
      // The others index keys by themselves.
      if (!unindexing.has(facts.dialect)) continue;
      const joined = view.declaration?.role === 'junction' ? undefined : associationColumn(view);
      for (const part of view.constraints) {
        const { fact } = part;
        if (fact.kind !== 'foreign' || part.facts !== facts || !isCertain(part, 'columns')) continue;
        // indexing/unindexed-association-column speaks of the key of a join table.
        if (joined?.reference === part) continue;
        const table = spoken(view.name);
        const columns = fact.columns.map((name) => name.value);
        if (columns.some((column) => matchesGlob(`${view.name.name.value}.${column}`, options.ignore))) continue;
        if (indexesCovering(project, view, columns, { partial: options.partialOk }).length > 0) continue;
        const indexed = indexedPart(project, view, columns, options.partialOk);
        const data = { table, columns: columns.join(', ') };
        const declaredBy = view.source === 'model' ? view.declaration?.declaredBy : undefined;
        const behind = indexBehind(project, part);
        // A migration of TypeORM indexes by SQL: its decorators belong to entities.
        const writer =
          declaredBy ??
          writerOf(
            facts,
            facts.migrations.find(({ runner }) => runner !== 'typeorm'),
          );
        yield {
          message: indexed === undefined ? 'missing' : 'part',
          at: part.at,
          ...(indexed !== undefined && { severity: 'info' as const }),
          data: {
            ...data,
            indexed: indexed ?? '',
            target: fact.target ? spoken(fact.target) : 'the table it points to',
            remedy: indexRemedy(
              writer,
              view.name.name,
              namesFor(writer, view.declaration, fact.columns),
              facts.dialect,
            ),
          },
          ...(behind && {
            suggest: {
              message: 'add',
              data,
              edits: authoring.addIndex(fact, part.declaration ?? looseTable(view, part), behind),
            },
          }),
        };
      }
    }
  },
});

/** The column of a foreign key of several that an index begins with, so that a look finds few rows and not all. */
function indexedPart(
  project: Project,
  view: TableView,
  columns: readonly string[],
  partial: boolean,
): string | undefined {
  if (columns.length < 2) return undefined;
  return columns.find((column) =>
    indexesCovering(project, view, [column], { partial }).some(({ kind }) => kind !== 'unknown'),
  );
}
