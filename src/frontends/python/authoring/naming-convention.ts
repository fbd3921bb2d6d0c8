import type { Metadata, NamingConvention, TextEdit } from '../../../ir/index.js';
import { appended, literal, type Manner } from './edits.js';
import { importing } from './imports.js';

type Templates = readonly (readonly [key: string, template: string])[];

const entries = (templates: Templates, manner: Manner): string[] =>
  templates.map(([key, template]) => `${literal(key, manner)}: ${literal(template, manner)}`);

/** `naming_convention={…}` with an entry on each line. */
function convention(templates: Templates, indent: string, manner: Manner): string {
  const { newline } = manner;
  const lines = entries(templates, manner).map((entry) => `${indent}        ${entry},${newline}`);
  return `${newline}${indent}    naming_convention={${newline}${lines.join('')}${indent}    }${newline}${indent}`;
}

/** Gives `MetaData(…)`, a declarative base, a registry or a Flask-SQLAlchemy instance a naming convention. */
export function setNamingConvention(
  { made, anchor, convention: given }: Metadata,
  templates: Templates,
  source: string,
  manner: Manner,
): TextEdit[] | undefined {
  if (anchor === undefined || given !== undefined) return undefined;
  const { call, metadata } = anchor.lists;
  const inner = made === 'metadata' ? call : metadata;
  if (inner !== undefined) {
    if (inner.entries.length > 0) return undefined;
    return [{ span: { start: inner.open, end: inner.close }, text: convention(templates, anchor.indent, manner) }];
  }
  // What `db` has can't be used where `db` itself is made.
  const elsewhere = made === 'flask-sqlalchemy' ? source.replace(/\bdb\./g, '_b.') : source;
  const needed = importing(elsewhere, [{ module: 'sqlalchemy', name: 'MetaData' }]);
  const [maker] = needed?.names ?? [];
  if (needed === undefined || maker === undefined) return undefined;
  const { edits: imports } = needed;
  if (call !== undefined) {
    const text = `metadata=${maker}(${convention(templates, anchor.indent, manner)})`;
    return [...imports, appended(call, text, source, manner)];
  }
  const { bodyStart, bodyEnd, placeholder } = anchor.points;
  const indent = `${anchor.indent}    `;
  const text = `metadata = ${maker}(${convention(templates, indent, manner)})`;
  if (bodyStart !== undefined && placeholder !== undefined)
    return [...imports, { span: { start: bodyStart, end: placeholder }, text }];
  if (bodyStart !== undefined) {
    return [
      ...imports,
      { span: { start: bodyStart, end: bodyStart }, text: `${text}${manner.newline}${manner.newline}${indent}` },
    ];
  }
  if (bodyEnd === undefined) return undefined;
  const gap = `${manner.newline}${manner.newline}${indent}`;
  return [...imports, { span: { start: bodyEnd, end: bodyEnd }, text: gap + text }];
}

/** Adds entries to the dict of a convention. */
export function addTemplates(
  { anchor }: NamingConvention,
  templates: Templates,
  source: string,
  manner: Manner,
): TextEdit[] | undefined {
  const list = anchor?.lists['entries'];
  if (list === undefined) return undefined;
  const [first] = list.entries;
  const texts = entries(templates, manner);
  const indent = first && /(?:^|\n)([ \t]*)$/.exec(source.slice(0, first.span.start))?.[1];
  const separator = indent === undefined ? ', ' : `,${manner.newline}${indent}`;
  return [appended(list, texts.join(separator), source, manner)];
}
