import type { SiteHole } from '../ir/index.js';
import type { Report } from '../rule.js';
import type { Injection } from './injection.js';
import { matchesGlob } from './names.js';

const origins: { readonly [P in SiteHole['provenance']]?: string } = {
  generated: 'is made by the program',
  configuration: 'comes from the configuration',
  database: 'comes from the database',
  parameter: 'is whatever the caller passes',
  opaque: 'comes from code that is not followed from here',
  request: 'comes from the request',
};

/** Where the value of a hole comes from, as the end of a sentence about it. */
export function originOf({ provenance }: SiteHole): string {
  return origins[provenance] ?? 'is known';
}

/** A hole's expression on one line, cut where it is long. */
export function shown({ text }: SiteHole): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** The other places of a finding: the way of the value, the other holes of the text, and the calls that it reaches. */
export function placesOf({ hole, site, verdicts, otherCalls }: Injection): NonNullable<Report<string>['related']> {
  return [
    ...hole.trail.map((at) => ({ at, message: 'The value comes from here.' })),
    ...verdicts
      .slice(1)
      .map(({ hole: other }) => ({ at: other.span, message: `${shown(other)} is built into the same text.` })),
    ...[site, ...otherCalls].map(({ call, api }) => ({ at: call, message: `The text reaches ${api} here.` })),
  ];
}

/** Whether a hole is one of the trusted names, or a call of one of the sanitizers. Both are globs. */
export function isTrusted({ text }: SiteHole, trusted: readonly string[], sanitizers: readonly string[]): boolean {
  const [, called] = /^\s*(?:await\s+)?([\w$.]+)\s*\(/.exec(text) ?? [];
  return matchesGlob(text.trim(), trusted) || (called !== undefined && matchesGlob(called, sanitizers));
}
