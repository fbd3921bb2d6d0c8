import type { AnchorList, Span, TextEdit } from '../../../ir/index.js';
import { appended, mannerOf } from './edits.js';

/** A name that written code needs: `{ module: 'datetime', name: 'timezone' }`. */
export interface Wanted {
  module: string;
  name: string;
}

/** One `from … import …` of a module, or one `import …`, at the left edge of the file. */
interface Import {
  span: Span;
  /** Absent for `import a`. */
  module?: string;
  names: { name: string; as: string; span: Span }[];
  list: AnchorList;
  parenthesised: boolean;
}

/** Text of the same length in which triple-quoted text is blank. */
export const masked = (source: string): string =>
  source.replace(/("""|''')[^]*?\1/g, (text) => text.replace(/[^\r\n]/g, ' '));

const statement =
  /^(?:from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+(?:\(([^)]*)\)|((?:[^#\r\n\\]|\\\r?\n)+))|import[ \t]+([^#\r\n]+))/gm;

function importsOf(source: string): Import[] {
  const found: Import[] = [];
  for (const match of masked(source).matchAll(statement)) {
    const [whole, module, inBrackets, onLine, modules] = match;
    const listed = inBrackets ?? onLine ?? modules ?? '';
    const end = match.index + whole.trimEnd().length;
    const open = match.index + whole.lastIndexOf(listed);
    const names = namesIn(listed, open);
    found.push({
      span: { start: match.index, end },
      ...(modules === undefined && module !== undefined && { module }),
      names,
      list: {
        open,
        close: inBrackets === undefined ? end : open + inBrackets.length,
        entries: names.map(({ span }) => ({ span, value: span })),
      },
      parenthesised: inBrackets !== undefined,
    });
  }
  return found;
}

function namesIn(listed: string, open: number): Import['names'] {
  const uncommented = listed.replace(/#[^\r\n]*/g, (text) => ' '.repeat(text.length));
  return [...uncommented.matchAll(/([\w.]+|\*)(?:\s+as\s+(\w+))?/g)].map((each) => {
    const [whole, name = '', as] = each;
    return { name, as: as ?? name, span: { start: open + each.index, end: open + each.index + whole.length } };
  });
}

/** Modules that hand on names of SQLAlchemy under the same names. */
const hands = (module: string | undefined, wanted: string): boolean =>
  module === wanted || (wanted.startsWith('sqlalchemy') && /^(?:sqlalchemy|sqlmodel)(?:\.|$)/.test(module ?? ''));

/** How the file spells a name already; undefined where it can't reach it. */
function spelled({ module, name }: Wanted, imports: readonly Import[], source: string): string | undefined {
  const direct = imports
    .filter((each) => hands(each.module, module))
    .flatMap(({ names }) => names.find((each) => each.name === name) ?? []);
  if (direct[0] !== undefined) return direct[0].as;
  const whole = imports
    .filter((each) => each.module === undefined)
    .flatMap(({ names }) => names.find((each) => each.name === module) ?? []);
  if (whole[0] !== undefined) return `${whole[0].as}.${name}`;
  const [parent, last] = [module.slice(0, module.lastIndexOf('.')), module.slice(module.lastIndexOf('.') + 1)];
  const inner = imports
    .filter((each) => each.module === parent)
    .flatMap(({ names }) => names.find((each) => each.name === last) ?? []);
  if (inner[0] !== undefined) return `${inner[0].as}.${name}`;
  if (imports.some((each) => hands(each.module, module) && each.names.some((one) => one.name === '*'))) return name;
  // Flask-SQLAlchemy's `db` has what SQLAlchemy has.
  return module.startsWith('sqlalchemy') && /\bdb\.(?:Column|relationship|mapped_column)\b/.test(source)
    ? `db.${name}`
    : undefined;
}

/** Whether the name stands for something else in the file. */
const isTaken = (name: string, imports: readonly Import[], source: string): boolean =>
  imports.some(({ names }) => names.some(({ as }) => as === name)) ||
  new RegExp(`^(?:class|def|async def)[ \\t]+${name}\\b|^${name}[ \\t]*(?::[^=\\r\\n]*)?=`, 'm').test(masked(source));

/**
 * How code of this file spells each name, in the order given, and the edits that import those that it lacks.
 * @returns nothing where a name stands for something else there
 */
export function importing(
  source: string,
  wanted: readonly Wanted[],
): { names: string[]; edits: TextEdit[] } | undefined {
  const imports = importsOf(source);
  const missing = new Map<string, Set<string>>();
  const names: string[] = [];
  for (const each of wanted) {
    const known = spelled(each, imports, source);
    names.push(known ?? each.name);
    if (known !== undefined) continue;
    if (isTaken(each.name, imports, source)) return undefined;
    const of = missing.get(each.module) ?? new Set();
    missing.set(each.module, of.add(each.name));
  }
  const lines: string[] = [];
  const edits: TextEdit[] = [];
  for (const [module, of] of missing) {
    const added = [...of].join(', ');
    const last = imports.findLast((each) => each.module === module && each.names.length > 0);
    if (last === undefined) lines.push(`from ${module} import ${added}`);
    else edits.push(extended(last, [...of], source));
  }
  return { names, edits: [...edits, ...lineAfter(imports, lines, source)] };
}

/** The edits that import a whole module under a name, or a name from it. */
export function importName(
  name: string,
  { module, from }: { module: string; from?: true },
  source: string,
): TextEdit[] | undefined {
  if (from) return importing(source, [{ module, name }])?.edits;
  const line = module === name ? `import ${module}` : `import ${module} as ${name}`;
  return lineAfter(importsOf(source), [line], source);
}

function extended({ list, parenthesised }: Import, names: readonly string[], source: string): TextEdit {
  const manner = mannerOf(source);
  const last = list.entries.at(-1)?.span.end ?? list.open;
  if (!parenthesised) return { span: { start: last, end: last }, text: names.map((name) => `, ${name}`).join('') };
  const first = appended(list, names[0] ?? '', source, manner);
  const rest = names.slice(1).map((name) => appended(list, name, source, manner).text);
  return { span: first.span, text: first.text + rest.join('') };
}

/** New lines behind the last import in front of the file's own code. */
function lineAfter(imports: readonly Import[], lines: readonly string[], source: string): TextEdit[] {
  if (lines.length === 0) return [];
  const { newline } = mannerOf(source);
  const code = /^(?:class|def|async def|@)/m.exec(masked(source))?.index ?? source.length;
  const last = imports.findLast(({ span }) => span.start < code);
  const text = lines.join(newline);
  if (last === undefined) {
    const head = /^(?:#[^\r\n]*\r?\n|[ \t]*\r?\n)*(?:("""|''')[^]*?\1[^\r\n]*\r?\n(?:[ \t]*\r?\n)*)?/.exec(source);
    const start = head?.[0].length ?? 0;
    return [{ span: { start, end: start }, text: `${text}${newline}${newline}` }];
  }
  const closed = last.parenthesised ? source.indexOf(')', last.list.close) + 1 : last.span.end;
  const end = closed + (/^[^\r\n]*/.exec(source.slice(closed))?.[0].length ?? 0);
  return [{ span: { start: end, end }, text: `${newline}${text}` }];
}
