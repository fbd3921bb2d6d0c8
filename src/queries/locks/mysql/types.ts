import type { Column } from '../../../ir/index.js';

/** What InnoDB does where a column gets another type. */
export type TypeChange = 'none' | 'appended' | 'longer' | 'copied' | 'unknown';

/** Bytes that a character takes at most. */
const widths: { readonly [charset: string]: number } = {
  latin1: 1,
  ascii: 1,
  binary: 1,
  utf8: 3,
  utf8mb3: 3,
  utf8mb4: 4,
  utf16: 4,
  utf32: 4,
};

const MOST_BYTES = 4;
/** Up to this many bytes a length takes one byte of each row, beyond it two. */
const SHORT = 255;

type Typed = Pick<Column, 'type' | 'charset'>;

/** Compares the type of a column with the one that it gets. */
export function typeChange(before: Typed, after: Typed): TypeChange {
  const [from, to] = [storedAs(before.type.name), storedAs(after.type.name)];
  if (from === 'unknown' || to === 'unknown') return 'unknown';
  const charset = after.charset?.toLowerCase();
  const sameCharset = before.charset?.toLowerCase() === charset;
  if (!isText(from) && !isText(to)) return from === to ? 'none' : 'copied';
  // Without a word on it the column gets that of the table.
  if (!sameCharset) return before.charset !== undefined && charset !== undefined ? 'copied' : 'unknown';
  if (from === to) return 'none';
  const labels = [labelsOf(from), labelsOf(to)];
  if (labels[0] && labels[1] && labels[0].kind === labels[1].kind) return appended(labels[0], labels[1]);
  const [shorter, longer] = [lengthOf(from), lengthOf(to)];
  if (shorter === undefined || longer === undefined || shorter.base !== longer.base) return 'copied';
  return lengthened(shorter.length, longer.length, longer.base === 'varbinary' ? 1 : widths[charset ?? '']);
}

/** The number of digits to print says nothing of how a number is kept. */
const storedAs = (type: string): string => type.replace(/^tinyint\(1\)/, 'tinyint');

const isText = (type: string): boolean => /^(?:var)?char\b|text$|^enum\b|^set\b/.test(type);

function lengthOf(type: string): { base: string; length: number } | undefined {
  const [, base, length] = /^(varchar|varbinary)\((\d+)\)$/.exec(type) ?? [];
  return base === undefined ? undefined : { base, length: Number(length) };
}

function lengthened(from: number, to: number, width: number | undefined): TypeChange {
  if (to < from) return 'copied';
  if (to * (width ?? MOST_BYTES) <= SHORT || from * (width ?? 1) > SHORT) return 'longer';
  return width === undefined ? 'unknown' : 'copied';
}

interface Labels {
  kind: string;
  list: string;
  count: number;
}

function labelsOf(type: string): Labels | undefined {
  const [, kind, list] = /^(enum|set)\((.*)\)$/s.exec(type) ?? [];
  if (kind === undefined || list === undefined) return undefined;
  return { kind, list, count: list.match(/'(?:[^']|'')*'/g)?.length ?? 0 };
}

/** New labels behind the others, as long as the number of a label, or a bit for each, takes no more bytes than before. */
function appended(before: Labels, after: Labels): TypeChange {
  if (!after.list.startsWith(`${before.list},`)) return 'copied';
  const bytes = ({ kind, count }: Labels): number => (kind === 'enum' ? (count > 255 ? 2 : 1) : Math.ceil(count / 8));
  return bytes(before) === bytes(after) ? 'appended' : 'copied';
}
