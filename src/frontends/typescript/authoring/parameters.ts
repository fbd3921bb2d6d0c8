import type { Dialect, SiteHole, SqlSite, TextEdit } from '../../../ir/index.js';

/** How drivers write the placeholder of the n-th parameter. */
const placeholders: { [D in Dialect]?: (n: number) => string } = {
  postgresql: (n) => `$${String(n)}`,
  cockroachdb: (n) => `$${String(n)}`,
  mysql: () => '?',
  mariadb: () => '?',
  sqlite: () => '?',
  tsql: (n) => `@${String(n - 1)}`,
  oracle: (n) => `:${String(n)}`,
};

const harmless: ReadonlySet<SiteHole['provenance']> = new Set([
  'constant',
  'constant-name',
  'numeric',
  'placeholders',
  'quoted-identifier',
  'quoted-literal',
]);

/**
 * `query(\`… '${x}'\`)` becomes `query(\`… $1\`, [x])`. Nothing where a hole could not be bound: a name, a fragment, text
 * that is built elsewhere, a call that has parameters already.
 */
export function boundParameters(text: string, site: SqlSite): TextEdit[] | undefined {
  const placeholder = placeholders[site.dialect];
  const argument = site.anchor?.lists['call']?.entries[0];
  if (!placeholder || site.kind !== 'sql' || site.ddl || site.parameters) return undefined;
  if (argument?.span.start !== site.span.start || text[site.span.start] !== '`') return undefined;
  const edits: TextEdit[] = [];
  const values: string[] = [];
  for (const hole of site.holes) {
    if (harmless.has(hole.provenance)) continue;
    const place = bindable(text, hole, site);
    if (!place) return undefined;
    values.push(place.value);
    edits.push({ span: place.span, text: placeholder(values.length) });
  }
  if (values.length === 0) return undefined;
  const end = site.span.end;
  return [...edits, { span: { start: end, end }, text: `, [${values.join(', ')}]` }];
}

/** The text that gives way to a placeholder, with the quotes around it, and the value to bind. */
function bindable(text: string, hole: SiteHole, site: SqlSite): { span: SiteHole['span']; value: string } | undefined {
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
