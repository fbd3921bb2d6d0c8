import type { PackageRequirement, Release, Span } from '../../ir/index.js';

/** The packages whose versions rules ask for. */
const watched: ReadonlySet<string> = new Set(['sqlalchemy', 'alembic', 'sqlmodel', 'flask-sqlalchemy']);

/** A package's name as PEP 503 compares it. */
const normalised = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

type Bounds = Pick<PackageRequirement, 'version' | 'below' | 'exact'>;

function releaseOf(text: string): { release: Release; parts: number } | undefined {
  const found = /^v?(?:\d+!)?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text);
  if (found === null) return undefined;
  const [, major = '0', minor, patch] = found;
  const release = { major: Number(major), minor: Number(minor ?? 0), patch: Number(patch ?? 0) };
  return { release, parts: patch !== undefined ? 3 : minor !== undefined ? 2 : 1 };
}

/** The first release behind those that share the first parts with one. */
function behind({ major, minor, patch }: Release, parts: number): Release {
  if (parts <= 1) return { major: major + 1, minor: 0, patch: 0 };
  return parts === 2 ? { major, minor: minor + 1, patch: 0 } : { major, minor, patch: patch + 1 };
}

const none: Release = { major: 0, minor: 0, patch: 0 };

/** What one clause such as `>=1.4`, `~=2.0.1` or Poetry's `^2.0` leaves. */
function boundsOfClause(operator: string, text: string): Bounds {
  const found = releaseOf(text);
  if (found === undefined) return { exact: false };
  const { release, parts } = found;
  switch (operator) {
    case '>=':
    case '>':
      return { version: release, exact: false };
    case '<':
      return { version: none, below: release, exact: false };
    case '<=':
      return { version: none, below: behind(release, 3), exact: false };
    case '~=':
      return { version: release, below: behind(release, parts - 1), exact: false };
    case '^':
      return { version: release, below: behind(release, release.major > 0 ? 1 : parts), exact: false };
    case '~':
      return { version: release, below: behind(release, Math.min(parts, 2)), exact: false };
    case '!=':
      return { exact: false };
    default:
      if (/\.\*/.test(text)) return { version: release, below: behind(release, parts), exact: false };
      return { version: release, exact: true };
  }
}

/** Negative where the first release is the older one. */
const compared = (a: Release, b: Release): number => a.major - b.major || a.minor - b.minor || a.patch - b.patch;

/** What the clauses of a specifier such as `>=1.4,<2` leave together. */
function boundsOf(specifier: string): Bounds {
  const clauses = [...specifier.matchAll(/([<>=!~^]*)\s*([\w.*+!]+)/g)].map(([, operator = '', text = '']) =>
    boundsOfClause(operator, text),
  );
  const result: Bounds = { exact: false };
  for (const { version, below, exact } of clauses) {
    if (version && (result.version === undefined || compared(version, result.version) > 0)) result.version = version;
    if (below && (result.below === undefined || compared(below, result.below) < 0)) result.below = below;
    result.exact ||= exact;
  }
  return result;
}

/**
 * A package with the versions that a specifier allows; nothing for one that no rule asks for.
 * @param specifier as PEP 440 or Poetry write it; what is none of them leaves the version open
 */
export function requirementOf(
  name: string,
  specifier: string,
  span: Span,
  locked = false,
): PackageRequirement | undefined {
  const normal = normalised(name);
  if (!watched.has(normal)) return undefined;
  // Of several alternatives the first is the lowest, as people write them.
  const [first = ''] = specifier.split('||');
  return { name: normal, ...boundsOf(first), locked, span };
}

/** Name, extras, specifier: the part of a PEP 508 requirement before its marker. A URL has no specifier. */
const requirement =
  /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*\(?((?:\s*,?\s*[<>=!~]=?=?\s*[\w.*+!]+)*)/;

/**
 * A line such as `SQLAlchemy[asyncio]>=2.0,<3 ; python_version > "3.8"`.
 * @param at where the text begins in the file
 */
export function requirementIn(text: string, at: number): PackageRequirement | undefined {
  const found = requirement.exec(text);
  if (found === null) return undefined;
  const [whole, name = '', specifier = ''] = found;
  const start = at + whole.length - whole.trimStart().length;
  return requirementOf(name, specifier, { start, end: at + whole.trimEnd().length });
}
