import type { SqlSite, TextEdit } from '../../../ir/index.js';
import { bindable } from './bindable.js';

/** The call before its argument, and what a tag is called instead. Type arguments stay. */
const calls: { [library: string]: { call: RegExp; tag: string } | undefined } = {
  kysely: { call: /\s*\.\s*raw\s*(<[^()]*>)?\(\s*$/, tag: '$1' },
  drizzle: { call: /\s*\.\s*raw\s*(<[^()]*>)?\(\s*$/, tag: '$1' },
  postgres: { call: /\s*\.\s*unsafe\s*(<[^()]*>)?\(\s*$/, tag: '$1' },
  prisma: { call: /\$(query|execute)Raw(?:Unsafe)?\s*(<[^()]*>)?\(\s*$/, tag: '$$$1Raw$2' },
  mssql: { call: /\.\s*(query|batch)\s*(<[^()]*>)?\(\s*$/, tag: '.$1$2' },
};

/**
 * `sql.raw(\`a = '${x}'\`)` becomes `` sql`a = ${x}` ``: the library's tag binds what stands in its holes. Nothing where
 * a hole stands for more than a value.
 */
export function asTag(text: string, site: SqlSite): TextEdit[] | undefined {
  const form = calls[site.library];
  const before = text.slice(site.call.start, site.span.start);
  const call = form?.call.exec(before);
  if (!form || !call || !/^\s*,?\s*\)$/.test(text.slice(site.span.end, site.call.end))) return undefined;
  const edits: TextEdit[] = [];
  for (const hole of site.holes) {
    const place = bindable(text, hole, site);
    if (!place) return undefined;
    if (hole.position === 'quoted-value') edits.push({ span: place.span, text: `\${${place.value}}` });
  }
  const start = site.call.start + call.index;
  return [
    { span: { start, end: site.span.start }, text: call[0].replace(form.call, form.tag) },
    ...edits,
    { span: { start: site.span.end, end: site.call.end }, text: '' },
  ];
}
