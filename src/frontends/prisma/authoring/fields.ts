import type { Annotation, Column, Constraint, Index, TextEdit } from '../../../ir/index.js';
import { inserted, lineEnd, lineStart, quoted } from './places.js';

/** An attribute behind the others of a field. */
export function addToField(column: Column, attribute: string): TextEdit[] | undefined {
  const end = column.anchor?.points['end'];
  return end === undefined ? undefined : inserted(end, ` ${attribute}`);
}

/** What the datasource calls its native types: `db` in `@db.Text`. */
const datasourceName = (text: string): string =>
  /^[ \t]*datasource[ \t]+([\w-]+)[ \t]*\{/m.exec(text)?.[1] ?? /@([\w-]+)\.[A-Z]/.exec(text)?.[1] ?? 'db';

/** `@db.Timestamptz(3)` in the place of `@db.Timestamp(3)`, or where no native type is written. */
export function keptTimezone(text: string, column: Column): TextEdit[] | undefined {
  const { span, implied } = column.type;
  const written = text.slice(span.start, span.end);
  const timestamp = /^(@[\w-]+\.)Timestamp(?![a-z])/.exec(written);
  if (timestamp) return [{ span, text: `${timestamp[1]!}Timestamptz${written.slice(timestamp[0].length)}` }];
  // The same precision that Prisma gives by itself.
  return implied && column.type.written === 'DateTime'
    ? addToField(column, `@${datasourceName(text)}.Timestamptz(3)`)
    : undefined;
}

/**
 * The native type of another field of the same file, in the place of one or behind the others. A field without one has
 * what Prisma makes of its scalar, so that nothing has to be written.
 */
export function retyped(text: string, column: Column, like: Column): TextEdit[] | undefined {
  const isHere = text.startsWith(like.attribute ?? like.name.value, like.span.start);
  if (!isHere || like.type.written !== column.type.written) return undefined;
  const native = like.type.implied ? undefined : text.slice(like.type.span.start, like.type.span.end);
  if (column.type.implied) return native === undefined ? undefined : addToField(column, native);
  const { start, end } = column.type.span;
  if (native !== undefined) return [{ span: { start, end }, text: native }];
  const blank = /[^\S\r\n]*$/.exec(text.slice(0, start))![0].length;
  return [{ span: { start: start - blank, end }, text: '' }];
}

/** `dbgenerated("gen_random_uuid()")` in the place of `uuid()`; `now()` beside `@updatedAt`. */
export function filledByDatabase(column: Column): TextEdit[] | undefined {
  const { value, span } = column.default ?? {};
  if (value?.kind !== 'call' || span === undefined) return undefined;
  if (value.name === 'now') return addToField(column, '@default(now())');
  return value.name === 'uuid' ? [{ span, text: 'dbgenerated("gen_random_uuid()")' }] : undefined;
}

/** `Post?` for `Post`, or the other way round. */
export function optional({ written, span }: Annotation, nullable: boolean): TextEdit[] | undefined {
  if (nullable) return written.endsWith('?') ? undefined : inserted(span.end, '?');
  return written.endsWith('?') ? [{ span: { start: span.end - 1, end: span.end }, text: '' }] : undefined;
}

/** Removes an attribute, with its line where nothing else stands there. */
export function withoutAttribute(text: string, { anchor }: Index): TextEdit[] | undefined {
  if (anchor === undefined) return undefined;
  const { start, end } = anchor.span;
  const before = text.slice(lineStart(text, start), start);
  const after = text.slice(end, lineEnd(text, end));
  if (/\S/.test(before + after)) {
    const blank = /[^\S\r\n]*$/.exec(before)![0].length;
    return [{ span: { start: start - blank, end }, text: '' }];
  }
  const next = /^(?:\r\n|\r|\n)/.exec(text.slice(end + after.length))?.[0].length ?? 0;
  return [{ span: { start: start - before.length, end: end + after.length + next }, text: '' }];
}

/** `map: "name"` in the attribute that makes a key or constraint. */
export function named(text: string, { span, name }: Constraint, to: string): TextEdit[] | undefined {
  if (name !== undefined && !name.generated) return undefined;
  const written = text.slice(span.start, span.end);
  if (!/^@@?(?:id|unique|relation)\b/.test(written)) return undefined;
  const argument = `map: ${quoted(to)}`;
  if (!written.endsWith(')')) return inserted(span.end, `(${argument})`);
  const isEmpty = /\(\s*\)$/.test(written);
  return inserted(span.end - 1, isEmpty ? argument : `, ${argument}`);
}
