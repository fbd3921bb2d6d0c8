import type { SiteHole, SqlSite } from '../../../ir/index.js';

/** The text that gives way to a placeholder, with the quotes around it, and the value to bind. */
export function bindable(
  text: string,
  hole: SiteHole,
  site: SqlSite,
): { span: SiteHole['span']; value: string } | undefined {
  if (hole.position !== 'value' && hole.position !== 'quoted-value') return undefined;
  if (hole.span.start < site.span.start || hole.span.end > site.span.end) return undefined;
  const start = text.lastIndexOf('${', hole.span.start);
  const end = text.indexOf('}', hole.span.end) + 1;
  if (start < site.span.start || end === 0 || text.slice(start + 2, end - 1).trim() !== hole.text) return undefined;
  if (hole.position === 'value') return { span: { start, end }, value: hole.text };
  const open = text.lastIndexOf("'", start);
  const close = text.indexOf("'", end);
  if (open < site.span.start || close === -1 || close >= site.span.end) return undefined;
  const before = text.slice(open + 1, start);
  const after = text.slice(end, close);
  if (/[\\\n\r`]|\$\{/.test(before + after)) return undefined;
  const value = before + after === '' ? hole.text : `\`${text.slice(open + 1, close)}\``;
  return { span: { start: open, end: close + 1 }, value };
}
