import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/queries/locks/effect.js';
import { postgresql } from '../../src/queries/locks/postgresql.js';
import { casesOf, measuredOutcome, projectOfCases, saidOutcome, type Case, type Outcome } from './measured/cases.js';
import { exceptional, exceptionsOf } from './measured/exceptions.js';

const cases15 = [...casesOf('postgresql-15.18.json'), ...casesOf('postgresql-15.18-more.json')];
const cases18 = casesOf('postgresql-18.6.json');

/** Compares what ddlint says of a case with what a server did, but for the parts that have an exception. */
function compare(name: string, expected: Outcome, said: Outcome | undefined): void {
  const open = exceptionsOf(name);
  if (open.has('all')) {
    expect(said).toBeUndefined();
    return;
  }
  expect(said).toBeDefined();
  const parts = Object.keys(expected) as (keyof Outcome)[];
  const compared = parts.filter((part) => !open.has(part));
  expect(pick(said!, compared)).toEqual(pick(expected, compared));
  for (const part of open.keys()) if (part !== 'all') expect(pick(said!, [part])).not.toEqual(pick(expected, [part]));
}

const pick = (outcome: Outcome, parts: (keyof Outcome)[]) =>
  Object.fromEntries(parts.map((part) => [part, outcome[part]]));

/** The one case of which the server said only that it refuses it. */
const refused = ({ error = [] }: Case) => error.length > 0;

describe.each([
  ['PostgreSQL 15.18', 15, cases15],
  ['PostgreSQL 18.6', 18, cases18],
] as const)('what %s did', async (_, version, cases) => {
  const project = await projectOfCases(cases, version);
  test.each(cases.filter((each) => !refused(each)).map((each) => [each.case, each] as const))('%s', (name, each) => {
    compare(name, measuredOutcome(each), saidOutcome(project, cases.indexOf(each)));
  });
});

describe('the table', () => {
  const entries = Object.entries(postgresql).flatMap(([action, versions]) =>
    (versions as readonly Entry[]).flatMap((entry) => entry.source.map((source) => [action, source, entry] as const)),
  );
  const names = new Set([...cases15, ...cases18].map((each) => each.case));

  test('names a case that was measured, or a page, for each of its entries', () => {
    const unknown = entries.filter(([, source]) => !source.startsWith('https://') && !names.has(source));
    expect(unknown.map(([action, source]) => `${action}: ${source}`)).toEqual([]);
  });

  test('has exceptions for cases that there are', () => {
    expect(exceptional.filter((name) => !names.has(name))).toEqual([]);
  });
});
