import type { Column, Constraint, Index, TextEdit } from '../../../ir/index.js';
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
