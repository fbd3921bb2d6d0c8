import type { Dialect, SiteHole, SqlSite, TextEdit } from '../../../ir/index.js';
import { bindable } from './bindable.js';
import { asTag } from './tags.js';

/** How a library takes values beside the text. */
interface Manner {
  /** The placeholder of the n-th value. */
  placeholder: (n: number) => string;
  /** `list`: an array as the next argument. `option`: an array under this name. `run`: arguments of the call behind. */
  as: 'list' | 'run' | { option: string };
}

const numbered = (n: number): string => `$${String(n)}`;
const question = (): string => '?';

/** How drivers write the placeholder of the n-th parameter that TypeORM hands on as it is. */
const placeholders: { [D in Dialect]?: (n: number) => string } = {
  postgresql: numbered,
  cockroachdb: numbered,
  mysql: question,
  mariadb: question,
  sqlite: question,
  tsql: (n) => `@${String(n - 1)}`,
  oracle: (n) => `:${String(n)}`,
};

const manners: { [library: string]: Manner | undefined } = {
  pg: { placeholder: numbered, as: 'list' },
  'pg-promise': { placeholder: numbered, as: 'list' },
  mysql2: { placeholder: question, as: 'list' },
  mysql: { placeholder: question, as: 'list' },
  mariadb: { placeholder: question, as: 'list' },
  'node-sqlite3': { placeholder: question, as: 'list' },
  oracledb: { placeholder: (n) => `:${String(n)}`, as: 'list' },
  knex: { placeholder: question, as: 'list' },
  objection: { placeholder: question, as: 'list' },
  'mikro-orm': { placeholder: question, as: 'list' },
  sequelize: { placeholder: numbered, as: { option: 'bind' } },
  'better-sqlite3': { placeholder: question, as: 'run' },
  'node:sqlite': { placeholder: question, as: 'run' },
  'bun:sqlite': { placeholder: question, as: 'run' },
};

/** Calls that take values, of those whose library takes them: `exec` and `pragma` of SQLite and `literal` do not. */
const takes: { [library: string]: RegExp | undefined } = {
  'better-sqlite3': /\.prepare\(/,
  'node:sqlite': /\.prepare\(/,
  'bun:sqlite': /\.(?:prepare|query)\(/,
  mysql2: /\.(?:query|execute)\(/,
  mysql: /\.query\(/,
  mariadb: /\.(?:query|execute)\(/,
  'node-sqlite3': /\.(?:run|get|all|each)\(/,
  knex: /raw\(/i,
  objection: /raw\(/i,
  'mikro-orm': /execute\(|^raw\(/,
  sequelize: /\.query\(/,
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
 * `query(\`… '${x}'\`)` becomes `query(\`… $1\`, [x])`, or a tagged template where the library has one. Nothing where a
 * hole could not be bound: a name, a fragment, text that is built elsewhere, a call that has parameters already.
 */
export function boundParameters(text: string, site: SqlSite): TextEdit[] | undefined {
  const argument = site.anchor?.lists['call']?.entries[0];
  if (site.ddl || site.parameters || argument?.span.start !== site.span.start) return undefined;
  if (text[site.span.start] !== '`') return undefined;
  const tagged = asTag(text, site);
  if (tagged) return tagged;
  const manner = mannerOf(site);
  if (!manner) return undefined;
  // A sign of the text itself would be taken for a placeholder.
  if (manner.placeholder === question && site.skeleton.some((part) => typeof part === 'string' && part.includes('?')))
    return undefined;
  const edits: TextEdit[] = [];
  const values: string[] = [];
  for (const hole of site.holes) {
    if (harmless.has(hole.provenance)) continue;
    const place = bindable(text, hole, site);
    if (!place) return undefined;
    values.push(place.value);
    edits.push({ span: place.span, text: manner.placeholder(values.length) });
  }
  const handed = values.length > 0 ? handedOver(text, site, manner, values) : undefined;
  return handed && [...edits, handed];
}

function mannerOf(site: SqlSite): Manner | undefined {
  const { library, kind, dialect, api } = site;
  if (library === 'typeorm' || library === 'unknown') {
    const placeholder = placeholders[dialect];
    return placeholder && kind === 'sql' ? { placeholder, as: 'list' } : undefined;
  }
  return takes[library]?.test(api) === false ? undefined : manners[library];
}

/** The values, where the library looks for them. */
function handedOver(text: string, site: SqlSite, { as }: Manner, values: readonly string[]): TextEdit | undefined {
  const { end } = site.span;
  const behind = { start: end, end };
  if (as === 'list') return { span: behind, text: `, [${values.join(', ')}]` };
  if (as === 'run') {
    const run = /^\s*\.\s*(?:get|all|run|iterate|values)\s*\(/.exec(text.slice(site.call.end))?.[0];
    const open = site.call.end + (run?.length ?? 0);
    if (run === undefined || !/^\s*\)/.test(text.slice(open))) return undefined;
    return { span: { start: open, end: open }, text: values.join(', ') };
  }
  const options = site.anchor?.lists['options'];
  const entry = `${as.option}: [${values.join(', ')}]`;
  if (options) {
    const start = options.entries[0]?.span.start ?? options.open;
    return { span: { start, end: start }, text: options.entries.length > 0 ? `${entry}, ` : ` ${entry} ` };
  }
  return site.anchor?.lists['call']?.entries.length === 1 ? { span: behind, text: `, { ${entry} }` } : undefined;
}
