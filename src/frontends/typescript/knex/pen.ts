import type { Anchor, Migration, Name, Operation, Dialect, TextEdit } from '../../../ir/index.js';
import { statementsText } from '../../sql/authoring-downgrade.js';
import { sqlLiteral } from '../authoring/literal.js';
import type { LibraryPen } from '../authoring/library-pen.js';

const literal = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;

/** The part of the pen that writes calls of Knex's table builder. */
export function knexPen(text: string): LibraryPen {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  /** A call on the builder, on a line of its own above an offset that is the first on its line. */
  const call = (anchor: Anchor, at: number | undefined, method: string): TextEdit[] | undefined => {
    const { builderStart, builderEnd } = anchor.points;
    if (at === undefined || builderStart === undefined || builderEnd === undefined) return undefined;
    if (!/(?:^|[\r\n])[ \t]*$/.test(text.slice(Math.max(0, at - 200), at))) return undefined;
    const end = /;[ \t]*(?:\r?\n|$)/.test(text) ? ';' : '';
    const written = `${text.slice(builderStart, builderEnd)}.${method}${end}${newline}${anchor.indent}`;
    return [{ span: { start: at, end: at }, text: written }];
  };
  return {
    setColumnComment: ({ anchor, comment }, words) => {
      if (comment) return [{ span: comment.span, text: literal(words) }];
      if (anchor?.points['builderStart'] === undefined) return undefined;
      const at = anchor.span.end;
      return [{ span: { start: at, end: at }, text: `.comment(${literal(words)})` }];
    },
    setTableComment: ({ anchor, comment }, words) => {
      if (comment) return [{ span: comment.span, text: literal(words) }];
      return anchor && call(anchor, anchor.points['first'], `comment(${literal(words)})`);
    },
    addIndex: (key, _, manner) =>
      key.anchor && !manner?.concurrently
        ? call(key.anchor, key.anchor.span.start, `index(${listed(key.columns)})`)
        : undefined,
    addPrimaryKey: ({ anchor }) => anchor && call(anchor, anchor.points['first'], "bigIncrements('id')"),
  };
}

function listed(columns: readonly Name[]): string {
  const [only, ...others] = columns.map(({ value }) => literal(value));
  return others.length === 0 ? only! : `[${[only, ...others].join(', ')}]`;
}

/**
 * Writes the body of an empty `down` as one chain of `raw()`, which runs in order whether the function waits or returns.
 * @returns nothing where `down` is missing, or takes no Knex
 */
export function knexDowngrade(
  text: string,
  { anchor, down }: Migration,
  operations: readonly Operation[],
  dialect: Dialect,
): TextEdit[] | undefined {
  const { downKnexStart, downKnexEnd, downBody } = anchor?.points ?? {};
  if (downKnexStart === undefined || downKnexEnd === undefined || downBody === undefined || down.state !== 'empty')
    return undefined;
  const statements = statementsText(operations, dialect);
  if (statements === undefined || statements.length === 0 || text[downBody] !== '{') return undefined;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const knex = text.slice(downKnexStart, downKnexEnd);
  const end = /;[ \t]*(?:\r?\n|$)/.test(text) ? ';' : '';
  const lines = statements.map((sql) => `${newline}    .raw(${sqlLiteral(sql)})`).join('');
  return [{ span: down.span, text: `{${newline}  return ${knex}.schema${lines}${end}${newline}}` }];
}
