import type { AnchorEntry, Operation, TextEdit } from '../../../ir/index.js';
import type { Page } from './keywords.js';
import { unitOf } from './operation-lines.js';

/** The keyword of the argument that names the table, and its place among positional arguments. */
const tables: { readonly [call: string]: readonly [keyword: string, at: number] | undefined } = {
  add_column: ['table_name', 0],
  alter_column: ['table_name', 0],
  drop_column: ['table_name', 0],
  create_foreign_key: ['source_table', 1],
  create_unique_constraint: ['table_name', 1],
  create_check_constraint: ['table_name', 1],
  create_primary_key: ['table_name', 1],
  drop_constraint: ['table_name', 1],
};

/** Puts a call of `op` that is a statement by itself into a `batch_alter_table` of its own. */
export function runInBatch({ anchor }: Operation, { source, manner }: Page): TextEdit[] | undefined {
  const list = anchor?.lists['call'];
  const { statementStart: start, statementEnd: end } = anchor?.points ?? {};
  if (anchor === undefined || list === undefined || start === undefined || end === undefined) return undefined;
  const [, receiver, call] = /^([\w.]+)\.(\w+)\s*\($/.exec(source.slice(start, list.open)) ?? [];
  const place = call === undefined ? undefined : tables[call];
  if (receiver === undefined || call === undefined || place === undefined) return undefined;
  const [keyword, at] = place;
  const named = (key: string) => list.entries.find((each) => each.key === key);
  const table = named(keyword) ?? list.entries[at];
  const schema = named('schema') ?? named('source_schema');
  if (table === undefined || (table.key !== undefined && table.key !== keyword)) return undefined;
  const text = ({ value }: AnchorEntry) => source.slice(value.start, value.end);
  const rest = list.entries.filter((each) => each !== table && each !== schema);
  // A copy can hold a new constraint only under a name.
  if (call.startsWith('create_') && (rest[0] === undefined || text(rest[0]) === 'None')) return undefined;
  const head = `with ${receiver}.batch_alter_table(${text(table)}${schema ? `, schema=${text(schema)}` : ''}) as batch_op:`;
  const args = rest.map(({ span }) => source.slice(span.start, span.end)).join(', ');
  const body = `batch_op.${call}(${args})`;
  return [{ span: { start, end }, text: `${head}${manner.newline}${anchor.indent}${unitOf(source)}${body}` }];
}
