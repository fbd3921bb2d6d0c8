import type { FileFacts, SiteHole, SqlSite } from '../ir/index.js';
import type { Severity } from '../rule.js';

/**
 * What is wrong with a hole in SQL text. Each kind is the business of one rule.
 * `value`, `identifier`: pasted in where a value, or a name, a sort direction or an operator stands. `fragment`: several
 * words wide. `statement`: the whole text. `ddl-value`, `ddl-identifier`: in a statement that takes no parameters.
 * `stored`: read from the database or the configuration. `wrong-helper`: quoted as the other kind. `verbatim`: an
 * argument that the library documents as trusted.
 */
type HoleProblem =
  | 'value'
  | 'identifier'
  | 'ddl-value'
  | 'ddl-identifier'
  | 'stored'
  | 'fragment'
  | 'statement'
  | 'wrong-helper'
  | 'verbatim';

export interface Verdict {
  hole: SiteHole;
  problem: HoleProblem;
  severity: Severity;
}

type Slot = 'value' | 'name' | 'fragment';

function slotOf({ position }: SiteHole): Slot {
  if (position === 'value' || position === 'quoted-value') return 'value';
  return position === 'fragment' ? 'fragment' : 'name';
}

const levels: { readonly [P in SiteHole['provenance']]: { readonly [S in Slot]?: Severity } } = {
  constant: {},
  'constant-name': {},
  numeric: {},
  placeholders: {},
  'quoted-identifier': { value: 'warn' },
  'quoted-literal': { name: 'warn' },
  generated: { value: 'info' },
  configuration: { value: 'warn', name: 'info', fragment: 'warn' },
  database: { value: 'warn', name: 'info', fragment: 'warn' },
  parameter: { value: 'error', name: 'warn', fragment: 'warn' },
  opaque: { value: 'error', name: 'warn', fragment: 'warn' },
  request: { value: 'error', name: 'error', fragment: 'error' },
};

const order: readonly Severity[] = ['error', 'warn', 'info'];
const mildest = (a: Severity, b: Severity): Severity => (order.indexOf(a) > order.indexOf(b) ? a : b);

/** Names that a migration knows: its own parameters, its configuration, and the catalogue of the database it runs on. */
const knownToMigration: readonly SiteHole['provenance'][] = ['parameter', 'configuration', 'database'];

function severityOf(hole: SiteHole, site: SqlSite): Severity | undefined {
  const slot = slotOf(hole);
  let severity = levels[hole.provenance][slot];
  if (severity === undefined) return undefined;
  if (site.context === 'migration') {
    if (hole.provenance === 'generated') return undefined;
    severity = mildest(severity, slot === 'name' && knownToMigration.includes(hole.provenance) ? 'info' : 'warn');
  }
  if (site.kind === 'trusted-text') severity = mildest(severity, 'warn');
  return site.confidence === 'medium' && hole.provenance !== 'request' ? mildest(severity, 'warn') : severity;
}

/** Whether the hole is all that there is: the caller decides the whole text. */
function isWhole(site: SqlSite): boolean {
  return site.skeleton.every((part) => typeof part === 'number' || part.trim() === '') && site.holes.length === 1;
}

function problemOf(hole: SiteHole, site: SqlSite): HoleProblem {
  const slot = slotOf(hole);
  if (site.kind === 'trusted-text') return 'verbatim';
  if (hole.provenance === 'quoted-identifier' || hole.provenance === 'quoted-literal') return 'wrong-helper';
  if (site.ddl && slot !== 'fragment') return slot === 'value' ? 'ddl-value' : 'ddl-identifier';
  if (hole.provenance === 'database' || hole.provenance === 'configuration') return 'stored';
  if (slot === 'fragment') return isWhole(site) ? 'statement' : 'fragment';
  return slot === 'value' ? 'value' : 'identifier';
}

const precedence: readonly HoleProblem[] = [
  'value',
  'identifier',
  'ddl-value',
  'ddl-identifier',
  'stored',
  'fragment',
  'statement',
  'wrong-helper',
  'verbatim',
];

const harm = Object.keys(levels);

/**
 * The holes of a call that are worse than a known constant, a number or a correctly quoted piece, the worst first. The
 * first decides which rule speaks: by severity, then by what can be done about it, then by where the value is from.
 * Empty for tests.
 * @param trusts holes to take as constant
 */
export function verdictsOf(site: SqlSite, trusts: (hole: SiteHole) => boolean = () => false): Verdict[] {
  if (site.context === 'test') return [];
  const verdicts = site.holes.flatMap((hole): Verdict[] => {
    const severity = trusts(hole) ? undefined : severityOf(hole, site);
    return severity === undefined ? [] : [{ hole, severity, problem: problemOf(hole, site) }];
  });
  return verdicts.sort(
    (a, b) =>
      order.indexOf(a.severity) - order.indexOf(b.severity) ||
      precedence.indexOf(a.problem) - precedence.indexOf(b.problem) ||
      harm.indexOf(b.hole.provenance) - harm.indexOf(a.hole.provenance) ||
      a.hole.span.start - b.hole.span.start,
  );
}

/** A hole that is the worst of the text of one call, or of several that share a helper. */
export interface Injection {
  hole: SiteHole;
  severity: Severity;
  /** The call, the first where several receive the text. */
  site: SqlSite;
  /** What is wrong with its text, this hole first. */
  verdicts: readonly Verdict[];
  otherCalls: readonly SqlSite[];
}

/**
 * The holes of a file that one rule speaks of: those of its problem that are the worst of their call. A hole that
 * several calls receive from one helper comes once, at its highest severity.
 */
export function injectionsOf(
  facts: FileFacts,
  problem: HoleProblem,
  trusts?: (hole: SiteHole) => boolean,
): Iterable<Injection> {
  const found = new Map<string, Injection>();
  for (const site of facts.sites) {
    const verdicts = verdictsOf(site, trusts);
    const worst = verdicts[0];
    if (worst?.problem !== problem) continue;
    const key = `${worst.hole.span.start} ${worst.hole.span.end}`;
    const known = found.get(key);
    const isWorse = known !== undefined && order.indexOf(worst.severity) < order.indexOf(known.severity);
    const first = known === undefined || isWorse ? { ...worst, site, verdicts } : known;
    const calls = known === undefined ? [] : [...known.otherCalls, isWorse ? known.site : site];
    found.set(key, { ...first, otherCalls: calls });
  }
  return found.values();
}
