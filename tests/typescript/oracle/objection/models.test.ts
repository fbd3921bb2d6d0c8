import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Model, type ModelClass } from 'objection';
import { expect, test } from 'vitest';
import { readProject } from '../../support.js';

const folder = fileURLToPath(new URL('models', import.meta.url));
const names = readdirSync(folder).sort();

interface Told {
  table: string;
  relations: { [name: string]: string };
}

/** A relation: its kind, its target, the table between, and the columns that hold the key. */
const line = (kind: string, target: string, through: string, columns: readonly string[]): string =>
  `${kind} ${target} ${through} ${kind === 'many-to-one' ? columns.join(',') : ''}`;

const kinds: { [relation: string]: string } = {
  BelongsToOneRelation: 'many-to-one',
  HasManyRelation: 'one-to-many',
  HasOneRelation: 'one-to-one',
  HasOneThroughRelation: 'one-to-one',
  ManyToManyRelation: 'many-to-many',
};

/** What Objection says of the models that the files export. */
async function byObjection(): Promise<Told[]> {
  const classes = new Set<ModelClass<Model>>();
  for (const name of names) {
    const exported = (await import(`${folder}/${name}`)) as { [name: string]: unknown };
    for (const value of [exported, ...Object.values(exported)].flatMap((each) => [
      each,
      ...Object.values(each ?? {}),
    ])) {
      if (typeof value === 'function' && value.prototype instanceof Model)
        classes.add(value as unknown as ModelClass<Model>);
    }
  }
  return [...classes].flatMap((model) => {
    if (typeof model.tableName !== 'string') return [];
    const relations = Object.entries(model.getRelations()).map(([name, relation]) => {
      const { constructor, ownerProp, joinTable, relatedModelClass } = relation as unknown as {
        constructor: { name: string };
        ownerProp: { cols: string[] };
        joinTable?: string;
        relatedModelClass: { name: string; tableName: string };
      };
      return [
        name,
        line(kinds[constructor.name]!, relatedModelClass.tableName, joinTable ?? '-', ownerProp.cols),
      ] as const;
    });
    return [{ table: model.tableName, relations: Object.fromEntries(relations) }];
  });
}

/** What ddlint says of the same files. */
function byUs(): Told[] {
  const files = Object.fromEntries(
    names.map((name) => [`src/models/${name}`, readFileSync(`${folder}/${name}`, 'utf8')]),
  );
  const tables = readProject(files).flatMap((facts) => facts.tables);
  const spoken = ({ schema, name }: (typeof tables)[number]['name']): string =>
    schema ? `${schema.value}.${name.value}` : name.value;
  const tableOf = (target: string | undefined): string => {
    const found = tables.find(({ className }) => className === target);
    return found ? spoken(found.name) : '?';
  };
  return tables.map(({ name, relationships }) => ({
    table: spoken(name),
    relations: Object.fromEntries(
      relationships.map(({ attribute, kind, target, through, keyedBy = [] }) => [
        attribute.value,
        line(kind, tableOf(target), through ? spoken(through) : '-', keyedBy),
      ]),
    ),
  }));
}

test('tables and relations are those of Objection', async () => {
  const sorted = (told: Told[]): Told[] => told.sort((a, b) => (a.table < b.table ? -1 : 1));
  const [theirs, ours] = [sorted(await byObjection()), sorted(byUs())];
  expect(ours).toEqual(theirs);
});
