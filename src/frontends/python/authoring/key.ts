import type { Table, TextEdit } from '../../../ir/index.js';
import { addPrimaryKey as addToStatement, beforeFirst } from '../../sql/authoring-key.js';
import type { Dialect } from '../../../ir/index.js';
import { literal, type Manner } from './edits.js';

/** A first `Column("id", …)` in `Table(…)` or `op.create_table(…)`, and the imports that it needs. */
export function addPrimaryKey(table: Table, source: string, dialect: Dialect, manner: Manner): TextEdit[] | undefined {
  if (table.declaredBy === 'sql') return addToStatement(source, table, dialect);
  const list = table.anchor?.lists['tableCall'];
  const [first] = table.columns;
  if (list === undefined || first === undefined) return undefined;
  const entry = list.entries.find(({ span }) => span.start <= first.span.start && first.span.end <= span.end);
  const prefix = entry && /^((?:\w+\.)*)Column\s*\(/.exec(source.slice(entry.span.start, entry.span.end))?.[1];
  if (entry === undefined || prefix === undefined) return undefined;
  const imports = prefix === '' ? importsOf(['BigInteger', 'Identity'], source) : [];
  const name = literal('id', manner);
  const column = `${prefix}Column(${name}, ${prefix}BigInteger(), ${prefix}Identity(), primary_key=True)`;
  const edits = beforeFirst(source, [entry], { start: list.open, end: list.close }, column);
  return edits && imports && [...imports, ...edits];
}

/** Adds names to the import of `sqlalchemy` that stands on one line; nothing where there is none. */
function importsOf(names: readonly string[], source: string): TextEdit[] | undefined {
  if (/^from sqlalchemy import \*/m.test(source)) return [];
  const missing = names.filter((name) => !new RegExp(`\\bimport\\b[^#]*?\\b${name}\\b`, 's').test(source));
  if (missing.length === 0) return [];
  const line = /^from sqlalchemy import (?![(*])[^#\r\n\\]*[\w]/m.exec(source);
  if (line === null) return undefined;
  const end = line.index + line[0].length;
  return [{ span: { start: end, end }, text: missing.map((name) => `, ${name}`).join('') }];
}
