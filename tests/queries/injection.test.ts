import { describe, expect, test } from 'vitest';
import type { FileFacts, HolePosition, HoleProvenance, SqlSite } from '../../src/ir/index.js';
import { injectionsOf, verdictsOf } from '../../src/queries/injection.js';
import { parameterForm } from '../../src/queries/parameter-forms.js';

const span = { start: 0, end: 1 };

/** A call with one hole per pair, between pieces of text. */
function site(holes: [HoleProvenance, HolePosition][], rest: Partial<SqlSite> = {}): SqlSite {
  return {
    span,
    call: span,
    api: 'text()',
    library: 'sqlalchemy',
    kind: 'sql',
    confidence: 'high',
    context: 'application',
    dialect: 'postgresql',
    skeleton: ['SELECT 1 ', ...holes.map((_, index) => index)],
    holes: holes.map(([provenance, position], index) => ({
      span: { start: index, end: index + 1 },
      text: `x${index}`,
      provenance,
      position,
      trail: [],
    })),
    parameters: false,
    ddl: false,
    ...rest,
  };
}

const said = (given: SqlSite): string[] => verdictsOf(given).map(({ problem, severity }) => `${problem} ${severity}`);

describe('what is wrong with a hole', () => {
  test.each<[HoleProvenance, HolePosition, string[]]>([
    ['constant', 'value', []],
    ['constant-name', 'identifier', []],
    ['numeric', 'quoted-value', []],
    ['placeholders', 'value', []],
    ['quoted-identifier', 'identifier', []],
    ['quoted-identifier', 'value', ['wrong-helper warn']],
    ['quoted-literal', 'quoted-value', []],
    ['quoted-literal', 'identifier', ['wrong-helper warn']],
    ['generated', 'value', ['value info']],
    ['generated', 'identifier', []],
    ['configuration', 'value', ['stored warn']],
    ['configuration', 'identifier', ['stored info']],
    ['database', 'fragment', ['stored warn']],
    ['parameter', 'value', ['value error']],
    ['parameter', 'identifier', ['identifier warn']],
    ['opaque', 'quoted-value', ['value error']],
    ['opaque', 'direction', ['identifier warn']],
    ['parameter', 'fragment', ['fragment warn']],
    ['request', 'operator', ['identifier error']],
    ['request', 'value', ['value error']],
    ['request', 'fragment', ['fragment error']],
  ])('%s as %s', (provenance, position, expected) => {
    expect(said(site([[provenance, position]]))).toEqual(expected);
  });

  test.each<[HoleProvenance, HolePosition, string[]]>([
    ['parameter', 'value', ['value warn']],
    ['request', 'value', ['value warn']],
    ['database', 'value', ['stored warn']],
    ['parameter', 'identifier', ['identifier info']],
    ['database', 'identifier', ['stored info']],
    ['opaque', 'identifier', ['identifier warn']],
    ['generated', 'value', []],
  ])('in a migration: %s as %s', (provenance, position, expected) => {
    expect(said(site([[provenance, position]], { context: 'migration' }))).toEqual(expected);
  });

  test('tests are left alone', () => {
    expect(said(site([['request', 'value']], { context: 'test' }))).toEqual([]);
  });

  test('a call known by name only says warn, unless the value is from a request', () => {
    expect(said(site([['parameter', 'value']], { confidence: 'medium' }))).toEqual(['value warn']);
    expect(said(site([['request', 'value']], { confidence: 'medium' }))).toEqual(['value error']);
  });

  test('a statement without parameters is for the rules about DDL', () => {
    expect(said(site([['parameter', 'quoted-value']], { ddl: true }))).toEqual(['ddl-value error']);
    expect(said(site([['database', 'identifier']], { ddl: true }))).toEqual(['ddl-identifier info']);
    expect(said(site([['database', 'fragment']], { ddl: true }))).toEqual(['stored warn']);
  });

  test('the whole text is a statement, not a fragment', () => {
    expect(said(site([['parameter', 'fragment']], { skeleton: [' ', 0] }))).toEqual(['statement warn']);
  });

  test('a documented trusted argument warns at most', () => {
    expect(said(site([['request', 'value']], { kind: 'trusted-text' }))).toEqual(['verbatim warn']);
  });

  test('the worst comes first: severity, then what can be done, then where it is from', () => {
    const holes = site([
      ['parameter', 'identifier'],
      ['constant', 'value'],
      ['parameter', 'value'],
      ['request', 'value'],
      ['request', 'identifier'],
    ]);
    expect(verdictsOf(holes).map(({ hole }) => hole.text)).toEqual(['x3', 'x2', 'x4', 'x0']);
  });

  test('what is trusted is taken as constant', () => {
    const holes = site([
      ['parameter', 'value'],
      ['parameter', 'identifier'],
    ]);
    expect(verdictsOf(holes, ({ text }) => text === 'x0').map(({ hole }) => hole.text)).toEqual(['x1']);
  });
});

describe('what a rule speaks of', () => {
  const factsOf = (...sites: SqlSite[]): FileFacts => ({
    path: 'example.py',
    frontend: 'python',
    dialect: 'postgresql',
    scope: 'project',
    tables: [],
    enums: [],
    migrations: [],
    statements: [],
    sites,
    usages: [],
    comments: [],
    problems: [],
  });

  test('one finding per call, by the rule of its worst hole', () => {
    const facts = factsOf(
      site([
        ['parameter', 'identifier'],
        ['parameter', 'value'],
      ]),
    );
    expect([...injectionsOf(facts, 'value')].map(({ hole }) => hole.text)).toEqual(['x1']);
    expect([...injectionsOf(facts, 'identifier')]).toEqual([]);
  });

  test('a hole of a helper that several calls share comes once, at its highest severity', () => {
    const mild = site([['parameter', 'value']], { api: 'run()', confidence: 'medium' });
    const bad = site([['parameter', 'value']], { api: 'text()' });
    const [injection, ...rest] = injectionsOf(factsOf(mild, bad), 'value');
    expect(rest).toEqual([]);
    expect(injection).toMatchObject({ severity: 'error', site: { api: 'text()' }, otherCalls: [{ api: 'run()' }] });
  });
});

test.each([
  ['postgresql', "query('… $1', [value])"],
  ['mysql', "query('… ?', [value])"],
  ['tsql', "query('… @0', [value])"],
  ['unknown', "query('… <placeholder>', [value])"],
] as const)('TypeORM passes text on to the driver, so on %s a parameter is written %s', (dialect, form) => {
  expect(parameterForm(site([['parameter', 'value']], { library: 'typeorm', dialect }))).toBe(form);
});
