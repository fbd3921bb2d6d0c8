import { expect, test } from 'vitest';
import { rules } from '../../rules/index.js';
import { main } from '../../src/cli/main.js';
import { folder, run } from './run.js';

test('help names every command and every flag', async () => {
  const { code, out } = await run(['--help']);
  expect(code).toBe(0);
  for (const word of [
    'ddlint [lint] [paths…]',
    'ddlint project',
    'ddlint explain <rule>',
    'ddlint rules',
    '--staged',
    '--max-warnings N',
  ]) {
    expect(out).toContain(word);
  }
});

test('help of one command', async () => {
  const { code, out } = await run(['project', '--help']);
  expect(code).toBe(0);
  expect(out).toContain('--if-touched');
  expect(out).not.toContain('--staged');
});

test('the version is that of the package', async () => {
  const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
  expect(await run(['--version'])).toEqual({ code: 0, out: `${manifest.version}\n`, err: '' });
});

test('rules lists each of them once', async () => {
  const { code, out } = await run(['rules']);
  expect(code).toBe(0);
  expect(
    out
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(' ')[0]),
  ).toEqual(Object.keys(rules));
});

test('rules --json has what each declares', async () => {
  const { out } = await run(['rules', '--json']);
  const listed = JSON.parse(out) as { id: string; summary: string; options: Record<string, unknown> }[];
  expect(listed.map(({ id }) => id)).toEqual(Object.keys(rules));
  for (const { id, summary, options } of listed) {
    expect(summary).toBe(rules[id]!.summary);
    expect(Object.keys(options)).toEqual(Object.keys(rules[id]!.options));
  }
});

test('explain shows the page of a rule, with or without its family', async () => {
  const { code, out } = await run(['explain', 'naming/reserved-word']);
  expect(code).toBe(0);
  expect(out.startsWith('naming/reserved-word\n\n')).toBe(true);
  expect(out).toContain('Incorrect');
  expect(out).not.toMatch(/```|<!--|^#/m);
  expect(await run(['explain', 'reserved-word'])).toEqual({ code, out, err: '' });
});

test('explain knows the findings of the engine itself', async () => {
  const { code, out } = await run(['explain', 'ddlint/unreadable-file']);
  expect(code).toBe(0);
  expect(out).toContain('Severity: warn');
});

test.each([
  [['--sinse', 'main'], 'unknown flag --sinse; did you mean "--since"?'],
  [['--format', 'jsn'], 'unknown format "jsn"; did you mean "json"?'],
  [['--format', 'json', '--format', 'frames'], 'only one format can go to standard output'],
  [['--max-warnings', 'few'], '--max-warnings takes a number of warnings, not "few"'],
  [['--rule', 'naming/reserved-word'], '--rule naming/reserved-word does not have the form <rule>=<severity>'],
  [['--rule', 'naming/reserved-wrod=off'], 'did you mean "naming/reserved-word"?'],
  [['--rule', 'naming/reserved-word=eror'], 'did you mean "error"?'],
  [['--preset', 'recomended'], 'did you mean "recommended"?'],
  [['--config', 'none.json'], 'none.json'],
  [['--since', 'HEAD~99'], 'since'],
  [['explain'], '"ddlint explain" takes the name of one rule'],
  [['explain', 'naming/reservd-word'], 'unknown rule "naming/reservd-word"; did you mean "naming/reserved-word"?'],
  [['project'], 'needs a git work tree'],
  [['project', 'src'], '"ddlint project" takes no path, not "src"'],
  [['rules', 'naming'], '"ddlint rules" takes no argument, not "naming"'],
])('%j is a usage error', async (argv, message) => {
  const { code, out, err } = await run(argv, { cwd: folder() });
  expect(err).toContain(message);
  expect(err.startsWith('ddlint: ')).toBe(true);
  expect({ code, out }).toEqual({ code: 2, out: '' });
});

test('a failure of ddlint itself ends with 3 and says how to report it', async () => {
  let err = '';
  const broken = () => {
    throw new TypeError('no such thing');
  };
  const code = await main(['rules'], {
    cwd: folder(),
    env: {},
    out: { write: broken, isTerminal: false },
    err: { write: (text) => void (err += text) },
  });
  expect(code).toBe(3);
  expect(err).toContain('TypeError: no such thing');
  expect(err).toContain(`Node ${process.version}`);
  expect(err).toMatch(/report it at https:\/\/\S+\/issues/);
});
