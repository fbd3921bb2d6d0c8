import type { PackageRequirement, Release } from '../../../ir/index.js';

/** What a range leaves. */
export type Bounds = Pick<PackageRequirement, 'version' | 'below' | 'exact'>;

/** Negative where the first release is the older one. */
const compared = (a: Release, b: Release): number => a.major - b.major || a.minor - b.minor || a.patch - b.patch;

interface Partial {
  release: Release;
  /** How many numbers are given: `1.x` has one. */
  parts: number;
}

function partialOf(text: string): Partial | undefined {
  const found = /^[v=]*(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text);
  if (!found) return undefined;
  const [, major = '0', minor, patch] = found;
  const release = { major: Number(major), minor: Number(minor ?? 0), patch: Number(patch ?? 0) };
  return { release, parts: patch !== undefined ? 3 : minor !== undefined ? 2 : 1 };
}

/** The first release behind those that share the first parts with one. */
function behind({ major, minor, patch }: Release, parts: number): Release {
  if (parts <= 1) return { major: major + 1, minor: 0, patch: 0 };
  return parts === 2 ? { major, minor: minor + 1, patch: 0 } : { major, minor, patch: patch + 1 };
}

/** Which number a caret holds: the first that is not zero, as far as numbers are given. */
function heldByCaret({ release: { major, minor }, parts }: Partial): number {
  if (major > 0 || parts === 1) return 1;
  return minor > 0 || parts === 2 ? 2 : 3;
}

const none: Release = { major: 0, minor: 0, patch: 0 };

function boundsOfClause(operator: string, text: string): Bounds {
  const found = partialOf(text);
  if (!found) return { exact: false };
  const { release, parts } = found;
  switch (operator) {
    case '>=':
      return { version: release, exact: false };
    case '>':
      return { version: parts === 3 ? release : behind(release, parts), exact: false };
    case '<':
      return { version: none, below: release, exact: false };
    case '<=':
      return { version: none, below: behind(release, parts), exact: false };
    case '^':
      return { version: release, below: behind(release, heldByCaret(found)), exact: false };
    case '~':
      return { version: release, below: behind(release, Math.min(parts, 2)), exact: false };
    default:
      return parts === 3
        ? { version: release, exact: true }
        : { version: release, below: behind(release, parts), exact: false };
  }
}

/** Both of two bounds. */
function both(left: Bounds, right: Bounds): Bounds {
  const versions = [left.version, right.version].filter((each) => each !== undefined).sort(compared);
  const limits = [left.below, right.below].filter((each) => each !== undefined).sort(compared);
  const version = versions.at(-1);
  const [below] = limits;
  return { ...(version && { version }), ...(below && { below }), exact: left.exact || right.exact };
}

/**
 * What a range such as `^0.3.20`, `>=6 <8` or `1.x` allows, as npm reads it. Of alternatives the lowest and the highest
 * limit count together. What is no range (`latest`, `workspace:*`, an address) leaves the version open.
 */
export function boundsOf(range: string): Bounds {
  const plain = range.replace(/^npm:(?:@?[^@]*@)?/, '').replace(/^workspace:/, '');
  if (plain.includes(':') || plain.includes('/')) return { exact: false };
  const alternatives = plain
    .split('||')
    .map((each) =>
      [...each.replace(/([\w.]+)\s+-\s+([\w.]+)/, '>=$1 <=$2').matchAll(/([<>=^~]*)\s*([\w.*+-]+)/g)]
        .map(([, operator = '', text = '']) => boundsOfClause(operator, text))
        .reduce(both, { exact: false }),
    );
  const [only] = alternatives;
  if (alternatives.length === 1) return only!;
  if (alternatives.some(({ version }) => version === undefined)) return { exact: false };
  const [lowest] = alternatives.map(({ version }) => version!).sort(compared);
  const limits = alternatives.map((each) => (each.exact ? behind(each.version!, 3) : each.below));
  const highest = limits.every((limit) => limit !== undefined) ? limits.sort(compared).at(-1) : undefined;
  return { version: lowest!, ...(highest && { below: highest }), exact: false };
}
