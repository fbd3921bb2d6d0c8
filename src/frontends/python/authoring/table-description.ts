import type { ModuleImport, Table, TextEdit } from '../../../ir/index.js';
import { literal } from './edits.js';
import { masked } from './imports.js';
import type { Page } from './keywords.js';
import { typeCall } from './type-calls.js';

/**
 * `User = sa.table("users", sa.column("id", sa.Integer()))` in the place of an import, and `User.c.id` where the class's
 * attribute stood. Nothing where the file does more with the class than SQLAlchemy Core does with a table.
 */
export function describeTable(
  { names, span }: ModuleImport,
  as: string,
  table: Table,
  { source, manner }: Page,
): TextEdit[] | undefined {
  const [only, ...others] = names;
  const before = source.slice(0, span.start);
  const hasSa = /^import sqlalchemy as sa\b/m.test(before);
  if (only === undefined || only.as !== as || others.length > 0 || !hasSa || table.name.schema) return undefined;
  const edits: TextEdit[] = [];
  const used = new Set<string>();
  for (const { index } of masked(source).matchAll(new RegExp(`(?<![\\w.])${as}\\b`, 'g'))) {
    const end = index + as.length;
    if (index >= span.start && index < span.end) continue;
    const [whole = '', attribute] = /^\.(\w+)/.exec(source.slice(end, end + 100)) ?? [];
    if (attribute === '__table__') {
      edits.push({ span: { start: end, end: end + whole.length }, text: '' });
      for (const { name } of table.columns) used.add(name.value);
    } else if (attribute === undefined) {
      if (!/\b(?:select|insert|update|delete)\(\s*$/.test(source.slice(0, index))) return undefined;
      // What a change sets is named by keywords and keys, which are not looked for.
      for (const { name } of table.columns) used.add(name.value);
    } else {
      if (!table.columns.some(({ name }) => name.value === attribute)) return undefined;
      used.add(attribute);
      edits.push({ span: { start: end, end }, text: '.c' });
    }
  }
  const columns = table.columns
    .filter(({ name }) => used.has(name.value))
    .map(({ name, type }) => {
      const call = typeCall(type.name);
      return `, sa.column(${literal(name.value, manner)}${call ? `, sa.${call}` : ''})`;
    });
  if (columns.length === 0) return undefined;
  const text = `${as} = sa.table(${literal(table.name.name.value, manner)}${columns.join('')})`;
  return [{ span: { ...span }, text }, ...edits];
}
