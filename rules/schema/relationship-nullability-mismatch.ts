import type { Annotation, Column, FrontEndId, Project, Relationship, Table } from '../../src/ir/index.js';
import { headOf } from '../../src/queries/declarations.js';
import { foreignKeysOf, isCertain } from '../../src/queries/tables.js';
import { defineQuery, defineRule } from '../../src/rule.js';

export default defineRule({
  summary: 'The type of a relation and its key disagree about NULL.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript', 'prisma'],
  needs: ['project'],
  fix: 'suggestion',
  sources: ['002_7a51ca8b5657ab8c.txt', 'eslint-plugin-typeorm-typescript enforce-relation-types'],
  messages: {
    optional:
      '"{{attribute}}" is annotated {{annotation}}, and its key {{columns}} is NOT NULL: code handles a {{none}} that cannot be. Write {{remedy}}.',
    required:
      '"{{attribute}}" is annotated {{annotation}}, and its key {{columns}} is nullable: code reads {{none}} where the type says that it cannot. Write {{remedy}}.',
    annotate: 'Let the type of "{{attribute}}" say what its key says.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    if (facts.scope === 'test') return;
    for (const table of facts.tables) {
      if (table.role !== 'table' || !isCertain(table, 'columns')) continue;
      for (const relationship of table.relationships) {
        const { annotation, attribute, target, from } = relationship;
        if (annotation === undefined || annotation.collection || from !== undefined || target === undefined) continue;
        const key = keyOf(relationship, table, project);
        const isNullable = nullability(key);
        if (isNullable === undefined || annotation.nullable === 'unknown' || annotation.nullable === isNullable)
          continue;
        if (isNullable && key.some((column) => isOfChild(column, project))) continue;
        const name = { attribute: attribute.value };
        yield {
          message: isNullable ? 'required' : 'optional',
          at: headOf(relationship, attribute),
          data: {
            ...name,
            annotation: annotation.written,
            none: facts.frontend === 'python' ? 'None' : 'null',
            columns: key.map((column) => column.name.value).join(', '),
            remedy: remedyFor(annotation, target, isNullable, facts.frontend),
          },
          related: key.map((column) => ({
            at: column.span,
            message: `Its key ${column.name.value} is declared here.`,
          })),
          suggest: {
            message: 'annotate',
            data: name,
            edits: authoring.annotateNullable(relationship, isNullable, table),
          },
        };
      }
    }
  },
});

function remedyFor(
  { written, wrapper }: Annotation,
  target: string,
  isNullable: boolean,
  language: FrontEndId,
): string {
  switch (language) {
    case 'prisma':
      return `${target}${isNullable ? '?' : ''}`;
    case 'typescript': {
      const type = isNullable ? `${target} | null` : target;
      return written.startsWith('Promise<') ? `Promise<${type}>` : type;
    }
    default: {
      const type = isNullable ? `${target} | None` : target;
      return wrapper === undefined ? `"${type}"` : `${wrapper}["${type}"]`;
    }
  }
}

const tablesByClass = defineQuery((project: Project): ReadonlyMap<string, Table[]> => {
  const found = new Map<string, Table[]>();
  for (const { tables } of project.files) {
    for (const table of tables) {
      if (table.className === undefined) continue;
      const same = found.get(table.className);
      if (same === undefined) found.set(table.className, [table]);
      else same.push(table);
    }
  }
  return found;
});

/** The columns of this side that hold the key of a relation; none where that is not known. */
function keyOf(relationship: Relationship, table: Table, project: Project): Column[] {
  const { kind, keyedBy, custom, target = '', uncertain } = relationship;
  // A one-to-one that names its key is the side that holds it.
  const isOwner = kind === 'many-to-one' || (kind === 'one-to-one' && keyedBy !== undefined);
  if (!isOwner || custom || uncertain.length > 0) return [];
  const named = (names: readonly string[]) => {
    const columns = names.map((name) =>
      table.columns.find((column) => column.name.value === name || column.attribute === name),
    );
    return columns.every((column) => column !== undefined) ? columns : [];
  };
  if (keyedBy !== undefined) return named(keyedBy);
  const [other, ...others] = tablesByClass(project).get(target) ?? [];
  if (other === undefined || others.length > 0 || other === table) return [];
  const leads = (from: Table, to: Table) =>
    foreignKeysOf(from).filter((key) => key.target?.name.value === to.name.name.value);
  const keys = leads(table, other);
  // With a key on either side the relation may go over the other one.
  return keys.length === 1 && leads(other, table).length === 0 ? named(keys[0]!.columns.map(({ value }) => value)) : [];
}

/** A child class that shares its parent's table has its columns nullable for the sake of the other children. */
const isOfChild = ({ from, nullable }: Column, project: Project): boolean =>
  from !== undefined &&
  nullable === true &&
  tablesByClass(project)
    .get(from)
    ?.some(({ role }) => role === 'abstract') !== true;

function nullability(key: readonly Column[]): boolean | undefined {
  if (key.length === 0 || key.some(({ nullable }) => nullable === 'unknown')) return undefined;
  return key.some(({ nullable }) => nullable === true);
}
