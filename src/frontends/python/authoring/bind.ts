import type { SqlSite, TextEdit } from '../../../ir/index.js';

const keywords = new Set(
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

/** A parameter name for an expression: its last name. */
function parameterName(expression: string, taken: ReadonlySet<string>): string {
  const last = /([A-Za-z_]\w*)\W*$/.exec(expression)?.[1] ?? 'value';
  const base = keywords.has(last) ? `${last}_` : last;
  let name = base;
  for (let count = 2; taken.has(name); count += 1) name = `${base}_${String(count)}`;
  return name;
}

/**
 * Turns the holes of an f-string inside `text(…)` into bind parameters: `text("… :x").bindparams(x=x)`. Nothing where a
 * hole is no plain value, or the text means something else once it is no f-string.
 */
export function bindParameters(site: SqlSite, source: string): TextEdit[] | undefined {
  const { anchor, holes, span } = site;
  if (anchor === undefined || holes.length === 0 || site.ddl || site.parameters) return undefined;
  if (holes.some(({ position }) => position !== 'value' && position !== 'quoted-value')) return undefined;
  const written = source.slice(span.start, span.end);
  const prefixes = Object.entries(anchor.points).filter(([role]) => role.startsWith('prefix'));
  const end = anchor.points['callEnd'];
  // Doubled braces, and words behind a colon, would change their meaning.
  if (end === undefined || prefixes.length === 0 || /\{\{|\}\}/.test(written)) return undefined;
  if (site.skeleton.some((part) => typeof part === 'string' && /(?<![:\w\\]):[A-Za-z_]/.test(part))) return undefined;
  const edits: TextEdit[] = [];
  for (const [, at] of prefixes) {
    if (at === undefined) return undefined;
    const prefix = /^[A-Za-z]*/.exec(source.slice(at))?.[0] ?? '';
    edits.push({ span: { start: at, end: at + prefix.length }, text: prefix.replace(/f/gi, '') });
  }
  const values = new Map<string, string>();
  const names = new Map<string, string>();
  for (const { span: hole, text, position } of holes) {
    const [open, close] = [hole.start - 1, hole.end];
    if (source[open] !== '{' || source[close] !== '}') return undefined;
    let [from, to] = [open, close + 1];
    if (position === 'quoted-value') {
      if (source[from - 1] !== "'" || source[to] !== "'") return undefined;
      from -= 1;
      to += 1;
    }
    const known = names.get(text);
    const name = known ?? parameterName(text, new Set(values.keys()));
    names.set(text, name);
    values.set(name, text);
    edits.push({ span: { start: from, end: to }, text: `:${name}` });
  }
  const list = [...values].map(([name, value]) => `${name}=${value}`).join(', ');
  if (site.api === 'sqlalchemy text()') {
    edits.push({ span: { start: end, end }, text: `.bindparams(${list})` });
    return edits;
  }
  const text = textFunction(source);
  if (text === undefined || site.api !== 'op.execute()') return undefined;
  edits.push({ span: { start: span.start, end: span.start }, text: `${text}(` });
  edits.push({ span: { start: span.end, end: span.end }, text: `).bindparams(${list})` });
  return merged(edits);
}

/** How the file can call `text`. */
function textFunction(source: string): string | undefined {
  if (/^\s*from sqlalchemy(?:\.\w+)* import [^#\n]*\btext\b/m.test(source)) return 'text';
  const alias = /^\s*import sqlalchemy(?: as (\w+))?\s*$/m.exec(source);
  return alias === null ? undefined : `${alias[1] ?? 'sqlalchemy'}.text`;
}

/** Edits that touch become one, so that none overlaps another. */
function merged(edits: TextEdit[]): TextEdit[] {
  const out: TextEdit[] = [];
  for (const edit of edits.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    const last = out.at(-1);
    if (last?.span.end === edit.span.start) {
      last.span = { start: last.span.start, end: edit.span.end };
      last.text += edit.text;
    } else out.push({ span: { ...edit.span }, text: edit.text });
  }
  return out;
}
