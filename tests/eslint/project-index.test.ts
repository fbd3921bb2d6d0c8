import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigurationError } from '../../src/config/errors.js';
import { ProjectIndex } from '../../src/engine/project-index.js';
import type { FrontEnd } from '../../src/frontends/front-end.js';
import type { Project, Statement } from '../../src/ir/index.js';
import { defineRule, type Rule } from '../../src/rule.js';
import { frontEnds, rules as fakeRules } from '../engine/support/fakes.js';
import { Scratch } from '../engine/support/scratch.js';

const projects: Project[] = [];

/** Says in which files of the project there is a BAD, and notes the project that it was asked about. */
const everywhere = defineRule({
  summary: 'A bad word anywhere in the project.',
  severity: 'warn',
  presets: [],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['project'],
  fix: 'none',
  sources: [],
  messages: { bad: '{{files}}' },
  options: {},
  *check({ project }) {
    projects.push(project);
    const files = project.files.filter(({ usages }) => usages.length > 0).map(({ path }) => path);
    yield { message: 'bad', at: { start: 0, end: 0 }, data: { files: files.join() } };
  },
});
const rules: Readonly<Record<string, Rule>> = { ...fakeRules, 'test/everywhere': everywhere };

/** Front ends that count what is read. */
function counting(): { read: string[]; frontEnds: FrontEnd[] } {
  const read: string[] = [];
  return {
    read,
    frontEnds: frontEnds.map((frontEnd) => ({
      ...frontEnd,
      async load() {
        const reader = await frontEnd.load();
        return {
          ...reader,
          read(file, context) {
            read.push(file.path);
            return reader.read(file, context);
          },
        };
      },
    })),
  };
}

const indexOf = (scratch: Scratch): ProjectIndex => new ProjectIndex(scratch.path, { rules, frontEnds });

const statementNamed = (text: string): Statement => ({
  dialect: 'postgresql',
  span: { start: 0, end: 0 },
  text,
  verb: 'SELECT',
  provenance: 'shape',
  partial: false,
  operations: [],
  reads: [],
  writes: [],
  where: 'n/a',
  inTransaction: 'unknown',
  holes: [],
  children: [],
  problems: [],
});

/** What one rule says of a text, as `line:column message`. */
async function said(
  index: ProjectIndex,
  path: string,
  text: string,
  rule = 'test/bad-word',
  options?: { [name: string]: unknown },
): Promise<string[]> {
  const file = await index.open(path, text);
  return (await file.check(rule, options)).map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** Time stands still but for what a test lets pass. */
let now = 0;
const later = (milliseconds = 100_000): void => void (now += milliseconds);
beforeEach(() => {
  projects.length = 0;
  now = 1000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => void vi.restoreAllMocks());

describe('the index of a project', () => {
  it('answers for the text in hand, and forgets it with the next question', async () => {
    const index = indexOf(new Scratch().write({ 'a.sql': 'data', 'b.py': 'data BAD' }));
    expect(await said(index, 'a.sql', 'data\n BAD')).toEqual(['2:2 BAD is bad.']);
    expect(await said(index, 'a.sql', 'data BAD', 'test/everywhere')).toEqual(['1:1 a.sql,b.py']);
    expect(await said(index, 'a.sql', 'data', 'test/everywhere')).toEqual(['1:1 b.py']);
    expect(await said(index, 'new/c.ts', 'data BAD', 'test/everywhere')).toEqual(['1:1 b.py,new/c.ts']);
    expect(await said(index, 'a.sql', 'data', 'test/everywhere')).toEqual(['1:1 b.py']);
  });

  it('sees what changes on disk once its interval has passed', async () => {
    const scratch = new Scratch().write({ 'a.sql': 'data', 'b.sql': 'data' });
    const index = indexOf(scratch);
    const files = (): Promise<string[]> => said(index, 'a.sql', 'data', 'test/everywhere');
    expect(await files()).toEqual(['1:1 ']);

    writeFileSync(scratch.file('b.sql'), 'data BAD');
    later(249);
    expect(await files()).toEqual(['1:1 ']);
    later(1);
    expect(await files()).toEqual(['1:1 b.sql']);

    scratch.write({ 'c.sql': 'data BAD' });
    rmSync(scratch.file('b.sql'));
    later();
    expect(await files()).toEqual(['1:1 c.sql']);
  });

  it('keeps the project, and what is derived from it, for as long as no fact changes', async () => {
    const scratch = new Scratch().write({ 'a.sql': 'data', 'b.sql': 'data BAD', 'c.txt': '' });
    const index = indexOf(scratch);
    const ask = (): Promise<string[]> => said(index, 'a.sql', 'data', 'test/everywhere');
    await ask();
    utimesSync(scratch.file('b.sql'), 1, 1);
    scratch.write({ 'c.txt': 'more', 'd.sql': 'of no matter' });
    later();
    await ask();
    expect(index.version).toBe(1);
    expect(projects[1]).toBe(projects[0]);

    scratch.write({ 'b.sql': 'data  BAD' });
    later();
    await ask();
    expect(index.version).toBe(2);
    expect(projects[2]).not.toBe(projects[0]);
  });

  it('counts the lines of new text where its facts are the old ones', async () => {
    const scratch = new Scratch().write({ 'a.sql': 'data x BAD' });
    const index = indexOf(scratch);
    expect(await said(index, 'a.sql', 'data x BAD')).toEqual(['1:8 BAD is bad.']);
    scratch.write({ 'a.sql': 'data\nx BAD' });
    later();
    expect(await said(index, 'a.sql', 'data\nx BAD')).toEqual(['2:3 BAD is bad.']);
    expect(index.version).toBe(1);
  });

  it('parses only what changed', async () => {
    const scratch = new Scratch().write({ 'a.sql': 'data', 'b.sql': 'data' });
    const { read, frontEnds: counted } = counting();
    const index = new ProjectIndex(scratch.path, { rules, frontEnds: counted });
    await said(index, 'a.sql', 'data');
    expect(read).toEqual(['a.sql', 'b.sql']);
    await said(index, 'a.sql', 'data BAD');
    scratch.write({ 'b.sql': 'data BAD' });
    later();
    await said(index, 'a.sql', 'data BAD');
    expect(read.slice(2)).toEqual(['a.sql', 'b.sql']);
  });

  it('verifies the statements of every file, each of them once', async () => {
    const scratch = new Scratch().write({ 'a.sql': 'data', 'b.sql': 'data' });
    const verified: string[] = [];
    const [sql, ...others] = frontEnds;
    const verifying: FrontEnd = {
      ...sql!,
      async load() {
        const { read, link } = await sql!.load();
        return {
          link,
          read: (file, context) => ({
            ...read(file, context),
            statements: [statementNamed(`${file.path} ${file.text}`)],
          }),
        };
      },
      async loadVerifier() {
        return (statements) => {
          for (const { text } of statements) verified.push(text);
        };
      },
    };
    const index = new ProjectIndex(scratch.path, { rules, frontEnds: [verifying, ...others] });
    await said(index, 'a.sql', 'data');
    await said(index, 'a.sql', 'data BAD');
    scratch.write({ 'b.sql': 'data BAD' });
    later();
    await said(index, 'a.sql', 'data BAD');
    expect(verified).toEqual(['a.sql data', 'b.sql data', 'a.sql data BAD', 'b.sql data BAD']);
  });

  it('heeds the configuration, and its change', async () => {
    const config = (value: object): { [path: string]: string } => ({ 'ddlint.config.json': JSON.stringify(value) });
    const scratch = new Scratch().write({
      'a.sql': 'data',
      ...config({ rules: { 'test/bad-word': ['error', { adjective: 'awful' }] } }),
    });
    const index = indexOf(scratch);
    expect(await said(index, 'a.sql', 'data BAD')).toEqual(['1:6 BAD is awful.']);
    expect(await said(index, 'a.sql', 'data BAD', 'test/bad-word', { adjective: 'vile' })).toEqual([
      '1:6 BAD is vile.',
    ]);

    scratch.write(config({ overrides: [{ files: 'a.sql', rules: { 'test/bad-word': 'off' } }] }));
    later();
    expect(await said(index, 'a.sql', 'data BAD')).toEqual([]);
    expect(await said(index, 'b.sql', 'data BAD')).toEqual(['1:6 BAD is bad.']);
    // No preset that is on holds this one: the caller turned it on, and the configuration doesn't turn it off.
    expect(await said(index, 'b.sql', 'data BAD', 'test/quiet-word')).toEqual(['1:6 quiet']);

    scratch.write(config({ ignore: ['b.sql'] }));
    later();
    expect(await said(index, 'b.sql', 'data BAD')).toEqual([]);

    scratch.write(config({ rulez: {} }));
    later();
    await expect(said(index, 'a.sql', 'data BAD')).rejects.toThrow(ConfigurationError);
    await expect(said(index, 'a.sql', 'data BAD')).rejects.toThrow('did you mean "rules"?');
    rmSync(scratch.file('ddlint.config.json'));
    later();
    expect(await said(index, 'b.sql', 'data BAD')).toEqual(['1:6 BAD is bad.']);
  });

  it('applies suppressions, and reports a malformed one', async () => {
    const index = indexOf(new Scratch().write({}));
    const text = '-- ddlint-disable-next-line test/bad-word -- why\ndata BAD\nBAD -- ddlint-disable-line test/bad-wort';
    expect(await said(index, 'a.sql', text)).toEqual(['3:1 BAD is bad.']);
    expect(await said(index, 'a.sql', text, 'ddlint/malformed-suppression')).toEqual([
      '3:5 "test/bad-wort" is no rule of ddlint; did you mean "test/bad-word"?',
    ]);
  });

  it('leaves out what a rule grades as information', async () => {
    const index = indexOf(new Scratch().write({}));
    expect(await said(index, 'a.sql', 'data BAD1 BAD')).toEqual(['1:11 BAD is bad.']);
  });

  it('says what it can not read of the file in hand', async () => {
    const index = indexOf(new Scratch().write({}));
    const [finding] = await said(index, 'a.sql', 'data and more \0', 'ddlint/unreadable-file');
    expect(finding).toMatch(/^1:15 The file holds a NUL character/);
  });

  it('reports on migrations that are new, and on one that is being edited', async () => {
    const scratch = new Scratch().repository().write({
      'migrations/1_a.sql': 'data revision 1',
      'migrations/2_b.sql': 'data revision 2',
    });
    scratch.commit();
    const index = indexOf(scratch);
    const rule = 'test/new-migration';
    expect(await said(index, 'migrations/2_b.sql', 'data revision 2', rule)).toEqual([]);
    expect(await said(index, 'migrations/2_b.sql', 'data  revision 2', rule)).toEqual(['1:7 Migration 2 is new.']);
    expect(await said(index, 'migrations/3_c.sql', 'data revision 3', rule)).toEqual(['1:6 Migration 3 is new.']);
    scratch.write({ 'migrations/3_c.sql': 'data revision 3' }).commit();
    later();
    expect(await said(index, 'migrations/3_c.sql', 'data revision 3', rule)).toEqual([]);
  });

  it('throws where a rule or a front end fails on the file in hand, and on no other', async () => {
    const index = indexOf(new Scratch().write({ 'a.sql': 'data CRASH' }));
    await expect(said(index, 'b.sql', 'data', 'test/broken')).rejects.toThrow('broken at b.sql');
    await expect(said(index, 'a.sql', 'data CRASH')).rejects.toThrow('the fake parser crashed');
    expect(await said(index, 'b.sql', 'data BAD')).toEqual(['1:6 BAD is bad.']);
  });
});
