import type { LegacyBase, TextEdit } from '../../../ir/index.js';
import { mannerOf } from './edits.js';
import { importing } from './imports.js';

const wanted = { module: 'sqlalchemy.orm', name: 'DeclarativeBase' };
/** What the call is given that a class body says as well. */
const attributes = new Set(['metadata', 'type_annotation_map']);

/** Writes `Base = declarative_base()` as `class Base(DeclarativeBase)`, and imports what that needs in place of the function. */
export function declareBase({ form, name, anchor }: LegacyBase, source: string): TextEdit[] | undefined {
  const call = anchor?.lists['call'];
  if (form !== 'declarative_base' || name === undefined || anchor === undefined || call === undefined) return undefined;
  if (call.entries.some(({ key }) => key === undefined || !attributes.has(key))) return undefined;
  const imports = importsFor(source);
  if (imports === undefined) return undefined;
  const { newline } = mannerOf(source);
  const body = call.entries.map(({ key = '', value }) => `    ${key} = ${source.slice(value.start, value.end)}`);
  const text = [`class ${name}(${imports.base}):`, ...(body.length > 0 ? body : ['    pass'])].join(newline);
  const { start, end } = anchor.span;
  // Two blank lines around a class, as everywhere in Python.
  const before = /(?:\r?\n[ \t]*)*$/.exec(source.slice(0, start))?.[0].match(/\n/g)?.length ?? 0;
  const after = /^[ \t]*(?:#[^\r\n]*)?(?:[ \t]*\r?\n)*/.exec(source.slice(end))?.[0].match(/\n/g)?.length ?? 0;
  const isLast = source.slice(end).trim() === '';
  const lead = start === 0 ? '' : newline.repeat(Math.max(0, 3 - before));
  const tail = isLast ? '' : newline.repeat(Math.max(0, 3 - after));
  return [...imports.edits, { span: { start, end }, text: lead + text + tail }];
}

const importLine =
  /^from[ \t]+(sqlalchemy(?:\.\w+)*)[ \t]+import[ \t]+([^\r\n(]*\bdeclarative_base\b[^\r\n]*?)[ \t]*(\r?\n|$)/m;

/** How the class is called, and the edits of the imports. */
function importsFor(source: string): { base: string; edits: TextEdit[] } | undefined {
  const found = importLine.exec(source);
  const isOnly = source.match(/\bdeclarative_base\b/g)?.length === 2;
  const isKnown = /^from[ \t]+sqlalchemy\.orm[ \t]+import\b/m.test(source.replace(importLine, ''));
  if (found === null || !isOnly || /\bas\b|#/.test(found[2] ?? '') || /\bDeclarativeBase\b/.test(source)) {
    const spelled = importing(source, [wanted]);
    return spelled && { base: spelled.names[0] ?? wanted.name, edits: spelled.edits };
  }
  const [whole, module = '', names = '', lineEnd = ''] = found;
  const start = found.index;
  const end = start + whole.length - lineEnd.length;
  if (module === wanted.module) {
    const at = start + whole.indexOf(names) + names.search(/\bdeclarative_base\b/);
    return {
      base: wanted.name,
      edits: [{ span: { start: at, end: at + 'declarative_base'.length }, text: wanted.name }],
    };
  }
  const others = names
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== 'declarative_base' && each !== '');
  const kept = others.length > 0 ? [`from ${module} import ${others.join(', ')}`] : [];
  if (!isKnown) {
    const lines = [...kept, `from ${wanted.module} import ${wanted.name}`];
    return { base: wanted.name, edits: [{ span: { start, end }, text: lines.join(mannerOf(source).newline) }] };
  }
  const spelled = importing(source, [wanted]);
  if (spelled === undefined) return undefined;
  const line =
    kept.length > 0
      ? { span: { start, end }, text: kept.join('') }
      : { span: { start, end: end + lineEnd.length }, text: '' };
  return { base: spelled.names[0] ?? wanted.name, edits: [...spelled.edits, line] };
}
