import type { Name, Operation, QualifiedName, Span } from '../../../ir/index.js';
import { textOf, type Link, type Value } from '../values/values.js';

const filtering = /^(?:where\w*|using|limit|top|from|innerJoin|leftJoin|rightJoin|fullJoin|crossJoin|\$if|\$call)$/;

/** What a query changes: `deleteFrom('users').where(…)`. One that only reads gives nothing. */
export function queryOperation(links: readonly Link[], first: Link, schema: Value | undefined): Operation | undefined {
  const verb = /^with/.test(first.name ?? '')
    ? links.find(({ name }) => /^(?:insertInto|updateTable|deleteFrom)$/.test(name ?? ''))
    : first;
  if (!verb) return undefined;
  const { span } = verb;
  const api = { table: tableOf(verb.args?.[0], schema, span), span, provenance: 'api' as const };
  switch (verb.name) {
    case 'insertInto':
    case 'replaceInto':
      return { kind: 'Insert', ...api };
    case 'mergeInto':
      return { kind: 'Merge', ...api };
    case 'updateTable':
    case 'deleteFrom': {
      const where = links.some(({ name }) => filtering.test(name ?? '')) ? 'present' : 'absent';
      const isDelete = verb.name === 'deleteFrom';
      return { kind: isDelete ? 'Delete' : 'Update', ...api, where, columns: isDelete ? [] : columnsOf(links) };
    }
    default:
      return undefined;
  }
}

/** `'users'`, `'app.users as u'`. */
function tableOf(value: Value | undefined, schema: Value | undefined, at: Span): QualifiedName {
  const text = textOf(value)?.replace(/\s+as\s+.*$/i, '');
  const span = value?.span ?? at;
  const name = (each: string): Name => ({ value: each, quoted: true, span });
  if (text === undefined) return { name: { value: '', quoted: true, span, unknown: true }, span };
  const names = text.split('.').map((each) => each.trim());
  const own = names.length > 1 ? names.at(-2) : textOf(schema);
  return { ...(own !== undefined && { schema: name(own) }), name: name(names.at(-1)!), span };
}

/** The columns of `set({ a: 1 })` and `set('a', 1)`. */
function columnsOf(links: readonly Link[]): Name[] {
  return links.flatMap(({ name, args = [] }): Name[] => {
    const [given] = args;
    if (name !== 'set' || !given) return [];
    if (given.kind === 'object')
      return given.entries.map(({ key, span }) => ({
        value: key,
        quoted: true,
        span: { start: span.start, end: span.start + key.length },
      }));
    const text = textOf(given);
    return text === undefined ? [] : [{ value: text, quoted: true, span: given.span }];
  });
}
