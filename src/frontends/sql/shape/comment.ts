import type { Name, QualifiedName, Text } from '../../../ir/index.js';
import type { Cursor } from './cursor.js';
import { base, type ShapeReader } from './shape.js';
import { readText } from './text.js';

/** COMMENT ON. */
export const readCommentOn: ShapeReader = (cursor, shape) => {
  cursor.at++;
  cursor.take('ON');
  const object = cursor.word();
  shape.verb = 'COMMENT ON';
  cursor.at++;
  const names = dotted(cursor);
  cursor.until('IS');
  cursor.take('IS');
  const computed =
    cursor.token !== undefined &&
    cursor.token.kind !== 'string' &&
    cursor.token.kind !== 'dollar' &&
    !cursor.is('NULL');
  const comment: Text | null = readText(cursor) ?? null;
  const common = base(cursor.span(0, cursor.length));
  // A computed text is a text: the object is commented, with words that are not known here.
  const known = computed
    ? { value: cursor.between(cursor.at, cursor.length), span: cursor.span(cursor.at, cursor.length) }
    : comment;
  if (object === 'TABLE' && names.length > 0) {
    shape.operations.push({ kind: 'CommentOn', ...common, object: 'table', table: qualify(names), comment: known });
  } else if (object === 'COLUMN' && names.length > 1) {
    shape.operations.push({
      kind: 'CommentOn',
      ...common,
      object: 'column',
      table: qualify(names.slice(0, -1)),
      column: names.at(-1)!,
      comment: known,
    });
  } else shape.operations.push({ kind: 'CommentOn', ...common, object: 'other', comment: known });
};

function dotted(cursor: Cursor): Name[] {
  const names: Name[] = [];
  do {
    const name = cursor.name();
    if (name === undefined) break;
    names.push(name);
  } while (cursor.take('.'));
  return names;
}

function qualify(names: readonly Name[]): QualifiedName {
  const name = names.at(-1)!;
  const schema = names.at(-2);
  return { ...(schema && { schema }), name, span: { start: (schema ?? name).span.start, end: name.span.end } };
}
