import type { Operation, Where } from '../../../ir/index.js';
import type { EmbeddedText } from '../../sql/embedded-text.js';
import { exactName, spanOf } from '../source.js';
import { textOf, type CallValue, type TextPart, type Value } from '../values/value.js';
import { tableFrom } from './tables.js';

/** Text parts as the SQL front end takes them. */
export const embedded = (parts: readonly TextPart[]): EmbeddedText =>
  parts.map((part) => ('hole' in part ? { span: part.hole, style: 'fstring', bound: false } : part));

/** The SQL text that a value carries: a string, or `text(…)`, `DDL(…)` with what is chained to them. */
export function sqlParts(value: Value | undefined): TextPart[] | undefined {
  if (value?.kind === 'str') return value.parts;
  for (let at = value; at?.kind === 'call'; at = at.of) {
    if (/^sqlalchemy\.(?:text|DDL|TextClause)$/.test(at.func)) return sqlParts(at.args[0]?.value);
  }
  return undefined;
}

/** Whether anything of the text is known. */
export const hasText = (parts: readonly TextPart[]): boolean =>
  parts.some((part) => 'value' in part && /\w{3}/.test(part.value));

const isAlwaysTrue = (value: Value): boolean =>
  (value.kind === 'const' && value.value === true) ||
  (value.kind === 'call' && /^sqlalchemy\.(?:\w+\.)*true$/.test(value.func));

/** The column that a key of `values({…})` stands for: its name, or `t.c.name`. */
const columnOf = (key: Value): string | undefined =>
  key.kind === 'ref' ? /\.(?:c|columns)\.(\w+)$/.exec(key.name)?.[1] : textOf(key);

/** A data change that is built with SQLAlchemy Core: `update(t).where(…)`, `t.delete()`, `t.insert().values(…)`. */
export function coreChange(value: Value | undefined): Operation | undefined {
  if (value?.kind !== 'call') return undefined;
  const kind = /(?:^|\.)(insert|update|delete)(?:\(\)|$)/.exec(value.func)?.[1];
  if (kind === undefined) return undefined;
  const chain: CallValue[] = [];
  for (let at: CallValue | undefined = value; at !== undefined; at = at.of) chain.push(at);
  const root = chain.at(-1);
  const table = root && (tableFrom(root) ?? tableFrom(root.args[0]?.value));
  const start = chain.find((call) => new RegExp(`(?:^|\\.)${kind}$`).test(call.func));
  if (start === undefined) return undefined;
  // Rows of a table that is not known change no schema, so nothing else becomes uncertain.
  if (table === undefined)
    return {
      kind: 'Opaque',
      reason: 'rows of a table that is not known',
      touches: [],
      span: spanOf(value.node),
      provenance: 'opaque',
    };
  const base = { table, span: spanOf(value.node), provenance: 'api' as const };
  if (kind === 'insert') return { kind: 'Insert', ...base };
  const filters = chain.filter(({ func }) => /\.(?:where|filter|filter_by)$/.test(func));
  const isFiltered = root !== start && start.args.length > 0;
  const isVain = filters.every(({ args }) => args.length > 0 && args.every((arg) => isAlwaysTrue(arg.value)));
  const where: Where = !isFiltered && filters.length === 0 ? 'absent' : isFiltered || !isVain ? 'present' : 'tautology';
  const columns = chain
    .filter(({ func }) => /\.values$/.test(func))
    .flatMap(({ keywords, args }) => [
      ...keywords.map(({ name, start: from }) => exactName(name, { start: from, end: from + name.length })),
      ...args.flatMap((arg) =>
        arg.value.kind === 'dict'
          ? arg.value.entries.flatMap(([key]) => {
              const text = columnOf(key);
              return text === undefined ? [] : [exactName(text, spanOf(arg.node))];
            })
          : [],
      ),
    ]);
  return { kind: kind === 'update' ? 'Update' : 'Delete', ...base, where, columns };
}
