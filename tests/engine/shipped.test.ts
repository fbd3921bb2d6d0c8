import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/config.js';
import type { LintProjectOptions } from '../../src/engine/lint.js';
import { lintProject as lintWithAllRules } from '../../src/index.js';
import { lintFiles, lintProject } from './support/linter.js';
import { Scratch } from './support/scratch.js';

/** The migrations that are reported as new. */
async function newMigrations(scratch: Scratch, options: Partial<LintProjectOptions> = {}): Promise<string[]> {
  const result = await lintProject({ cwd: scratch.path, ...options });
  const reported = result.findings.filter(({ rule }) => rule === 'test/new-migration').map(({ path }) => path);
  if (options.since === undefined && !options.staged) {
    expect(result.summary.migrations.reported).toBe(reported.length);
  }
  return reported;
}

const migration = (id: number): string => `data revision ${id}`;

describe('without a remote', () => {
  test('what is committed has shipped; changed, staged and untracked migrations are new', async () => {
    const files = { '1.sql': migration(1), '2.sql': migration(2), '3.sql': migration(3) };
    const scratch = new Scratch().repository().write(files).commit();
    expect(await newMigrations(scratch)).toEqual([]);
    scratch.write({ '2.sql': migration(22), '3.sql': migration(33), '4.sql': migration(4) });
    scratch.git('add', '3.sql');
    expect(await newMigrations(scratch)).toEqual(['2.sql', '3.sql', '4.sql']);
    expect(await newMigrations(scratch, { staged: true })).toEqual(['3.sql']);
  });

  test('before the first commit everything is new', async () => {
    const scratch = new Scratch().repository().write({ '1.sql': migration(1) });
    scratch.git('add', '--all');
    expect(await newMigrations(scratch)).toEqual(['1.sql']);
    expect(await newMigrations(scratch, { staged: true })).toEqual(['1.sql']);
  });

  test('without git everything is new', async () => {
    expect(await newMigrations(new Scratch().write({ '1.sql': migration(1) }))).toEqual(['1.sql']);
  });
});

describe('with a remote', () => {
  /** A clone whose branch has one more commit than the trunk that it came from. */
  function clone(trunk: string): Scratch {
    const origin = new Scratch()
      .repository()
      .write({ '1.sql': migration(1), 'notes.txt': 'a' })
      .commit();
    if (trunk !== 'main') origin.git('branch', '--move', trunk);
    const scratch = new Scratch();
    scratch.git('clone', '--quiet', origin.path, '.');
    scratch.git('checkout', '--quiet', '-b', 'feature');
    scratch.write({ '2.sql': migration(2) }).commit();
    origin.write({ '9.sql': migration(9) }).commit();
    scratch.git('fetch', '--quiet');
    return scratch;
  }

  test('what the branch adds is new', async () => {
    expect(await newMigrations(clone('develop'))).toEqual(['2.sql']);
  });

  test.each(['main', 'master'])('origin/%s stands in for a missing origin/HEAD', async (trunk) => {
    const scratch = clone(trunk);
    scratch.git('remote', 'set-head', 'origin', '--delete');
    expect(await newMigrations(scratch)).toEqual(['2.sql']);
  });

  test('the upstream of the branch is the last resort', async () => {
    const scratch = clone('develop');
    scratch.git('remote', 'set-head', 'origin', '--delete');
    expect(await newMigrations(scratch)).toEqual([]);
    scratch.git('branch', '--quiet', '--set-upstream-to=origin/develop');
    expect(await newMigrations(scratch)).toEqual(['2.sql']);
  });

  test('a base can be named in the configuration or for the run', async () => {
    const scratch = clone('main');
    scratch.write({ '3.sql': migration(3) }).commit();
    expect(await newMigrations(scratch)).toEqual(['2.sql', '3.sql']);
    expect(await newMigrations(scratch, { config: { migrations: { base: 'HEAD~1' } } })).toEqual(['3.sql']);
    expect(await newMigrations(scratch, { since: 'HEAD~1' })).toEqual(['3.sql']);
    expect(await newMigrations(scratch, { since: 'HEAD' })).toEqual([]);
  });

  test('all reports on shipped migrations too', async () => {
    const scratch = clone('main');
    expect(await newMigrations(scratch, { all: true })).toEqual(['1.sql', '2.sql']);
    expect(await newMigrations(scratch, { config: { migrations: { report: 'all' } } })).toEqual(['1.sql', '2.sql']);
  });
});

test('since reports on what changed only', async () => {
  const scratch = new Scratch().repository().write({ 'a.py': 'data BAD', 'b.py': 'data BAD' }).commit();
  scratch.write({ 'b.py': 'data BAD more', 'c.py': 'data BAD' });
  const { findings } = await lintProject({ cwd: scratch.path, since: 'HEAD' });
  expect(findings.map(({ path }) => path)).toEqual(['b.py', 'c.py']);
});

test('in a folder of a work tree the paths are those of that folder', async () => {
  const scratch = new Scratch()
    .repository()
    .write({ 'x/1.sql': migration(1), 'x/2.sql': migration(2) })
    .commit();
  scratch.write({ 'x/2.sql': migration(22) });
  const { findings } = await lintProject({ cwd: scratch.file('x') });
  expect(findings.map(({ path }) => path)).toEqual(['2.sql']);
});

test.each<[string, Partial<LintProjectOptions>, string]>([
  ['since', { since: 'nowhere' }, 'since: git knows no revision "nowhere"'],
  [
    'migrations.base',
    { config: { migrations: { base: 'nowhere' } } },
    'migrations.base: "nowhere" is neither a git revision nor the id of a migration',
  ],
])('%s that names nothing is an error', async (_name, options, message) => {
  const scratch = new Scratch()
    .repository()
    .write({ '1.sql': migration(1) })
    .commit();
  await expect(lintProject({ cwd: scratch.path, ...options })).rejects.toThrow(message);
});

test('since outside of git is an error', async () => {
  const scratch = new Scratch().write({ '1.sql': migration(1) });
  await expect(lintProject({ cwd: scratch.path, since: 'HEAD' })).rejects.toThrow('since: this is no git work tree');
});

describe('a migration as the base', () => {
  const base = (id: string): Config => ({ migrations: { base: id } });

  test('in a revision graph it and its ancestors have shipped', async () => {
    const files = {
      'a/alembic/env.py': '',
      'a/alembic/versions/1.py': 'data revision r1 follows nothing',
      'a/alembic/versions/2.py': 'data revision r2 follows r1',
      'a/alembic/versions/3.py': 'data revision r3 follows r2',
      'a/alembic/versions/4.py': 'data revision r4 follows r1',
    };
    const { findings } = await lintFiles(files, base('r2'));
    expect(findings.map(({ path }) => path)).toEqual(['a/alembic/versions/3.py', 'a/alembic/versions/4.py']);
  });

  test('in an ordered history all up to it have shipped, in other histories nothing', async () => {
    const files = {
      'db/migrations/2_a.sql': migration(2),
      'db/migrations/10_b.sql': migration(10),
      'db/migrations/11_c.sql': migration(11),
      'other/migrations/1_a.sql': migration(1),
    };
    const { findings } = await lintFiles(files, base('10'));
    expect(findings.map(({ path }) => path)).toEqual(['db/migrations/11_c.sql', 'other/migrations/1_a.sql']);
  });

  test('one that is nowhere is an error', async () => {
    await expect(lintFiles({ '1.sql': migration(1) }, base('7'))).rejects.toThrow('migrations.base');
  });
});

test('in memory all migrations are new', async () => {
  const { summary } = await lintFiles({ '1.sql': migration(1), '2.sql': migration(2) });
  expect(summary.migrations).toEqual({ replayed: 2, reported: 2 });
});

test('an edit of the code of a shipped migration is told from one of its comments, and from a new migration', async () => {
  const revision = (id: string, comment: string, body: string): string =>
    `# ${comment}\nfrom alembic import op\nrevision = "${id}"\ndown_revision = None\n\ndef upgrade():\n    op.execute("${body}")\n`;
  const files = {
    'migrations/env.py': '',
    'migrations/versions/a.py': revision('a', 'one', 'DROP TABLE a'),
    'migrations/versions/b.py': revision('b', 'one', 'DROP TABLE b'),
  };
  const scratch = new Scratch().repository().write(files).commit();
  scratch.write({
    'migrations/versions/a.py': revision('a', 'two', 'DROP TABLE a'),
    'migrations/versions/b.py': revision('b', 'one', 'DROP TABLE bb'),
    'migrations/versions/c.py': revision('c', 'one', 'DROP TABLE c'),
  });
  const rules = { 'migration/edited-applied-migration': 'error' } as const;
  const found = async (options: Partial<LintProjectOptions> = {}): Promise<string[]> => {
    const { findings } = await lintWithAllRules({ cwd: scratch.path, config: { extends: [], rules }, ...options });
    return findings.map(({ path }) => path);
  };
  expect(await found()).toEqual(['migrations/versions/b.py']);
  // Nothing of it is staged.
  expect(await found({ staged: true })).toEqual([]);
  scratch.git('add', '--all');
  expect(await found({ staged: true })).toEqual(['migrations/versions/b.py']);
  expect(await found({ all: true })).toEqual([]);
});
