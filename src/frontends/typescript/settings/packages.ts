import type { PackageRequirement, Span } from '../../../ir/index.js';
import type { Kind } from './names.js';
import { boundsOf } from './versions.js';

/** The packages whose versions rules ask for. */
const watched =
  /^(?:@mikro-orm\/[\w-]+|@sequelize\/core|@prisma\/client|@nestjs\/typeorm|better-sqlite3|db-migrate(?:-\w+)?|drizzle-(?:kit|orm)|knex|kysely|mysql2?|objection|pg|postgres|prisma|sequelize(?:-typescript)?|slonik|typeorm(?:-naming-strategies)?|umzug)$/;

function requirementOf(name: string, range: string, span: Span, locked: boolean): PackageRequirement[] {
  return watched.test(name) ? [{ name, ...boundsOf(range), locked, span }] : [];
}

/** A block of dependencies in a `package.json`; there is no brace in the names and versions of packages. */
const blocks = /"(?:dev|peer|optional)?[dD]ependencies"\s*:\s*\{([^{}]*)\}/g;

function inManifest(text: string): PackageRequirement[] {
  return [...text.matchAll(blocks)].flatMap((block) => {
    const from = block.index + block[0].length - 1 - block[1]!.length;
    return [...block[1]!.matchAll(/"([^"\\]+)"\s*:\s*"([^"\\]*)"/g)].flatMap(({ 0: whole, 1: name, 2: range, index }) =>
      requirementOf(name!, range!, { start: from + index, end: from + index + whole.length }, false),
    );
  });
}

/** Entries of lock files with the name and the version that is installed. They may be megabytes: they are searched, not read. */
const entries: { readonly [K in Extract<Kind, `${string}-lock`>]: RegExp } = {
  'npm-lock': /"(?:[^"\n]*node_modules\/)?((?:@[\w.-]+\/)?[\w.-]+)":\s*\{\s*"version":\s*"(\d[^"\n]*)"/g,
  'pnpm-lock': /^ {2}['"]?\/?((?:@[\w.-]+\/)?[\w.-]+)[@/](\d[\w.+-]*)[^\n]*:\s*$/gm,
  'yarn-lock': /^"?((?:@[\w.-]+\/)?[\w.-]+)@[^\n]*:\r?\n {2}version:? "?(\d[^"\r\n]*)"?/gm,
};

/** The packages that a file of this kind names, each version once. */
export function packagesIn(kind: Kind, text: string): PackageRequirement[] {
  if (kind === 'package') return inManifest(text);
  if (kind === 'compiler' || kind === 'workspace') return [];
  const seen = new Set<string>();
  return [...text.matchAll(entries[kind])].flatMap(({ 0: whole, 1: name, 2: version, index }) => {
    const key = `${name}@${version}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return requirementOf(name!, version!, { start: index, end: index + whole.trimEnd().length }, true);
  });
}
