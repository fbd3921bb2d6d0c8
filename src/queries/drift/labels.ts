import type { Column, Project } from '../../ir/index.js';
import { defineQuery } from '../../rule.js';
import { isCertain } from '../tables.js';
import type { Database } from './databases.js';
import { enumsOf } from './enums.js';

/** The labels of the enums of the models, by name in lower case; absent for names that stand for several enums. */
const declared = defineQuery((project): ReadonlyMap<string, readonly string[] | undefined> => {
  const enums = new Map<string, readonly string[] | undefined>();
  for (const { enums: own, scope, migrations } of project.files) {
    if (scope === 'test' || migrations.length > 0) continue;
    for (const each of own) {
      const key = each.name.name.value.toLowerCase();
      const other = enums.get(key);
      const isSame = !enums.has(key) || other?.join('\n') === each.labels.join('\n');
      enums.set(key, isSame && isCertain(each, 'everything') && each.labels.length > 0 ? each.labels : undefined);
    }
  }
  return enums;
});

/** The labels that the enum of a model has, and that of the database lacks: it refuses them. */
export function missingLabels(project: Project, database: Database, { type }: Column): string[] {
  const name = type.name
    .replace(/(?:\[\d*\])+$/, '')
    .replaceAll('"', '')
    .toLowerCase();
  const key = name.slice(name.lastIndexOf('.') + 1);
  const labels = declared(project).get(key);
  const actual = enumsOf(database).get(key);
  if (labels === undefined || actual === undefined || !isCertain(actual, 'everything')) return [];
  const there = new Set(actual.values.map(({ value }) => value));
  return labels.filter((label) => !there.has(label));
}
