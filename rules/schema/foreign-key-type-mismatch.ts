import { defineRule } from '../../src/rule.js';
import type { Column, Constraint, Dialect, ForeignKey, Project, Span } from '../../src/ir/index.js';
import { comparedTypes } from '../../src/queries/column-types.js';
import { dialectNames } from '../../src/queries/dialects.js';
import { foldedInTable, objectKey, spoken } from '../../src/queries/names.js';
import { tablesAnsweredFor, viewsOf, type Part, type TableView } from '../../src/queries/table-views.js';
import { isCertain } from '../../src/queries/tables.js';

type Comparison = NonNullable<ReturnType<typeof comparedTypes>>;

export default defineRule({
  summary: 'A foreign key and the column that it references differ in type.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript', 'prisma'],
  needs: ['project', 'history'],
  fix: 'suggestion',
  sources: [
    '002_7a51ca8b5657ab8c.txt',
    'active_record_doctor mismatched_foreign_key_type',
    'database_consistency foreign_key_type_checker',
    'online_migrations mismatched_foreign_key_type',
    'skeema fk-parent',
    'spirit type_pedantic',
  ],
  messages: {
    different:
      '{{column}} of {{table}} is {{type}}, and {{target}}, which it references, is {{targetType}}: {{consequence}}. Make both {{targetType}}.',
    narrower:
      '{{column}} of {{table}} is {{type}}, and {{target}}, which it references, is {{targetType}}: rows whose key needs more than {{type}} cannot be referenced, and the insert fails. Make both {{targetType}}.',
    wider:
      '{{column}} of {{table}} is {{type}}, and {{target}}, which it references, is {{targetType}}: every key fits, and each join converts one side. Make both {{targetType}}.',
    set: 'Make {{column}} {{targetType}}.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    for (const view of tablesAnsweredFor(project, facts)) {
      for (const part of view.constraints) {
        const { fact } = part;
        if (fact.kind !== 'foreign' || part.facts !== facts || !isCertain(part, 'columns')) continue;
        for (const [at, name] of fact.columns.entries()) {
          const own = known(view, name);
          const found = own && mismatch(project, view, fact, at, own);
          if (found === undefined || own === undefined) continue;
          const { target, owner, kind } = found;
          const isHere = view.facts === facts && own.from === undefined && view.source === 'model';
          const table = part.declaration;
          const data = {
            column: name.value,
            table: spoken(view.name),
            type: own.type.name,
            target: `${spoken(owner.name)}.${target.name.value}`,
            targetType: target.type.name,
            consequence: consequences[view.dialect] ?? 'each check and each join converts one side, past its index',
          };
          yield {
            message: kind,
            ...(kind !== 'different' && { severity: kind === 'wider' ? ('info' as const) : ('warn' as const) }),
            at: isHere ? own.span : part.at,
            data,
            related: additionsOf(project, view, name),
            ...((isHere || table?.declaredBy === 'sql') &&
              table && {
                suggest: { message: 'set', data, edits: authoring.setColumnType(own, target, table) },
              }),
          };
        }
      }
    }
  },
});

const consequences: { readonly [D in Dialect]?: string } = {
  postgresql: `${dialectNames.postgresql} refuses the key ("foreign key constraint cannot be implemented")`,
  mysql: `${dialectNames.mysql} refuses the key (error 3780)`,
  mariadb: `${dialectNames.mariadb} refuses the key (errno 150)`,
  tsql: `${dialectNames.tsql} refuses the key (error 1778)`,
  oracle: `${dialectNames.oracle} refuses the key (ORA-02267)`,
};

interface Addition {
  path: string;
  at: Span;
  message: string;
}

/** Where histories and scripts add a key over a column that a model declares: there the database refuses it. */
const additionsOf = (project: Project, { source, key }: TableView, name: Column['name']): Addition[] =>
  source === 'model'
    ? viewsOf(project, key).flatMap((other) =>
        other.source === 'model' ? [] : other.constraints.flatMap((part) => additionAt(part, other.dialect, name)),
      )
    : [];

function additionAt({ fact, facts, at }: Part<Constraint>, dialect: Dialect, name: Column['name']): Addition[] {
  const column = foldedInTable(name, dialect);
  if (fact.kind !== 'foreign' || !fact.columns.some((each) => foldedInTable(each, dialect) === column)) return [];
  return [{ path: facts.path, at, message: 'the key is added to the database here' }];
}

/** A column of which the type is known. */
function known(view: TableView, name: Column['name']): Column | undefined {
  const found = view.column(name);
  return found && isCertain(found, 'type') ? found.fact : undefined;
}

/** The column that a key references, where its type is another one in each table that it may stand in. */
function mismatch(
  project: Project,
  view: TableView,
  fact: ForeignKey,
  at: number,
  own: Column,
): { target: Column; owner: TableView; kind: Comparison } | undefined {
  const all = fact.target === undefined ? [] : viewsOf(project, objectKey(fact.target, view.dialect));
  const alike = all.filter(({ source }) => source === view.source);
  let mildest: { target: Column; owner: TableView; kind: Comparison } | undefined;
  for (const owner of alike.length > 0 ? alike : all) {
    const name = fact.targetColumns.length > 0 ? fact.targetColumns[at] : primaryKey(owner)?.[at];
    const target = name && known(owner, name);
    const kind = target && comparedTypes(own.type.name, target.type.name, view.dialect);
    if (target === undefined || kind === undefined) return undefined;
    if (mildest === undefined || order.indexOf(kind) < order.indexOf(mildest.kind)) mildest = { target, owner, kind };
  }
  return mildest;
}

const order: Comparison[] = ['wider', 'narrower', 'different'];

const primaryKey = ({ constraints }: TableView): ForeignKey['columns'] | undefined =>
  constraints.flatMap(({ fact }) => (fact.kind === 'primary' ? [fact.columns] : []))[0];
