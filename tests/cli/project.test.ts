import { describe, expect, test } from 'vitest';
import { folder, git, repository, run, write } from './run.js';

const revision = (
  id: string,
  parent: string | undefined,
  body = `op.create_table("${id}", sa.Column("id", sa.Integer(), primary_key=True))`,
) =>
  `"""${id}"""
import sqlalchemy as sa
from alembic import op

revision = "${id}"
down_revision = ${parent === undefined ? 'None' : `"${parent}"`}


def upgrade():
    ${body}


def downgrade():
    op.drop_table("${id}")
`;

const alembic = {
  'alembic.ini': '[alembic]\nscript_location = migrations\n',
  'migrations/env.py': '',
  'migrations/versions/one.py': revision('one', undefined),
  'migrations/versions/two.py': revision('two', 'one'),
  'README.md': 'Shop.\n',
  'src/add.ts': 'export const add = (a: number, b: number) => a + b;\n',
};
const one = 'migrations/versions/one.py';
const two = 'migrations/versions/two.py';

/** What the hook says of what is staged. */
const hook = (cwd: string, ...more: string[]) =>
  run(['project', '--if-touched', '--format', 'concise', ...more], { cwd });

async function passes(cwd: string): Promise<void> {
  expect(await hook(cwd)).toMatchObject({ code: 0, err: '' });
}

async function blocked(cwd: string, place: string, rule: string): Promise<string> {
  const { code, out } = await hook(cwd);
  expect(out).toContain(`${place} error ${rule} `);
  expect(code).toBe(1);
  return out;
}

describe('returns at once', () => {
  test('when nothing is staged', async () => {
    expect(await hook(repository(alembic))).toEqual({ code: 0, out: '', err: '' });
  });

  test('when nothing of the data layer is staged', async () => {
    const cwd = repository(alembic);
    write(cwd, { 'src/add.ts': 'export const add = 1;\n', 'README.md': 'DROP TABLE users;\n' });
    git(cwd, 'add', '.');
    expect(await hook(cwd)).toEqual({ code: 0, out: '', err: '' });
  });

  test('before the first commit', async () => {
    const cwd = folder({ 'a.txt': '' });
    git(cwd, 'init', '-q');
    git(cwd, 'add', '.');
    expect(await hook(cwd)).toEqual({ code: 0, out: '', err: '' });
  });
});

test('a new revision at the end passes', async () => {
  const cwd = repository(alembic);
  write(cwd, { 'migrations/versions/three.py': revision('three', 'two') });
  git(cwd, 'add', '.');
  await passes(cwd);
});

test('a second head is an error, wherever it stands', async () => {
  const cwd = repository(alembic);
  write(cwd, { 'migrations/versions/three.py': revision('three', 'one') });
  git(cwd, 'add', '.');
  const { code, out } = await hook(cwd);
  expect(out).toContain('migration/multiple-heads');
  expect(code).toBe(1);
});

describe('deleted migrations', () => {
  test('one that others follow', async () => {
    const cwd = repository(alembic);
    git(cwd, 'rm', '-q', one);
    const out = await blocked(cwd, `${one}:1:1`, 'migration/edited-applied-migration');
    expect(out).toContain('two follows it');
  });

  test('the last one, because it has shipped', async () => {
    const cwd = repository(alembic);
    git(cwd, 'rm', '-q', two);
    await blocked(cwd, `${two}:1:1`, 'migration/edited-applied-migration');
  });

  test('the only one, so that its folder is gone', async () => {
    const cwd = repository({
      'db/migrations/0001_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);\n',
      'a.txt': '',
    });
    git(cwd, 'rm', '-q', 'db/migrations/0001_users.sql');
    await blocked(cwd, 'db/migrations/0001_users.sql:1:1', 'migration/edited-applied-migration');
  });

  test('the code of the deleted file is shown', async () => {
    const cwd = repository(alembic);
    git(cwd, 'rm', '-q', two);
    const { out } = await run(['project', '--if-touched'], { cwd });
    expect(out).toContain('> 1 | """two"""');
  });

  test('one that the base branch does not have and nothing follows may go', async () => {
    const cwd = repository(alembic);
    git(cwd, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    write(cwd, { 'migrations/versions/three.py': revision('three', 'two') });
    git(cwd, 'add', '.');
    git(cwd, 'commit', '-q', '-m', 'three');
    git(cwd, 'rm', '-q', 'migrations/versions/three.py');
    await passes(cwd);
  });

  test('one that the base branch does not have but another follows is an error', async () => {
    const cwd = repository(alembic);
    git(cwd, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    write(cwd, {
      'migrations/versions/three.py': revision('three', 'two'),
      'migrations/versions/four.py': revision('four', 'three'),
    });
    git(cwd, 'add', '.');
    git(cwd, 'commit', '-q', '-m', 'more');
    git(cwd, 'rm', '-q', 'migrations/versions/three.py');
    await blocked(cwd, 'migrations/versions/three.py:1:1', 'migration/edited-applied-migration');
  });

  test('a moved revision file is no deletion', async () => {
    const cwd = repository(alembic);
    git(cwd, 'mv', two, 'migrations/versions/2024_two.py');
    await passes(cwd);
  });

  test('one of a folder that the configuration of a folder above names', async () => {
    const root = repository({
      'ddlint.config.json': '{"migrations": {"paths": ["api/steps"], "runner": "plain"}}',
      'api/README.md': '',
      'api/steps/1_a.sql': 'CREATE TABLE a (id int PRIMARY KEY);\n',
    });
    git(root, 'rm', '-q', 'api/steps/1_a.sql');
    await blocked(`${root}/api`, 'steps/1_a.sql:1:1', 'migration/edited-applied-migration');
  });

  test('what is no migration may be deleted', async () => {
    const cwd = repository({ ...alembic, 'migrations/versions/notes.py': 'import sqlalchemy\n' });
    git(cwd, 'rm', '-q', 'migrations/versions/notes.py');
    await passes(cwd);
  });

  test('the finding can be turned off', async () => {
    const cwd = repository(alembic);
    git(cwd, 'rm', '-q', two);
    expect((await hook(cwd, '--rule', 'migration/edited-applied-migration=off')).code).toBe(0);
  });
});

describe('edited migrations', () => {
  const edited = (text: string) => {
    const cwd = repository(alembic);
    write(cwd, { [two]: text });
    git(cwd, 'add', '.');
    return cwd;
  };

  test('an edit of the code', async () => {
    const { code, out } = await hook(edited(revision('two', 'one', 'op.execute("SELECT 1")')));
    expect(out).toContain('error migration/edited-applied-migration Migration two has shipped');
    expect(code).toBe(1);
  });

  test('comments, the docstring and empty lines may change', async () => {
    const text = revision('two', 'one').replace('"""two"""', '"""Two: the second."""\n\n# Why: because.');
    await passes(edited(text));
  });

  test('a change inside a string is an edit', async () => {
    const text = revision('two', 'one').replace('drop_table("two")', 'drop_table("two # not a comment")');
    expect((await hook(edited(text))).code).toBe(1);
  });

  test('going back to what has shipped is none', async () => {
    const cwd = edited(revision('two', 'one', 'op.execute("SELECT 1")'));
    git(cwd, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    git(cwd, 'commit', '-q', '-m', 'edit');
    write(cwd, { [two]: revision('two', 'one') });
    git(cwd, 'add', '.');
    await passes(cwd);
  });

  test('the whole branch is judged without --if-touched', async () => {
    const cwd = edited(revision('two', 'one', 'op.execute("SELECT 1")'));
    git(cwd, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    git(cwd, 'commit', '-q', '-m', 'edit');
    await passes(cwd);
    expect((await run(['project'], { cwd })).code).toBe(1);
    expect((await run(['project', '--since', 'HEAD'], { cwd })).code).toBe(0);
    expect((await run(['project', '--since', 'HEAD~1'], { cwd })).code).toBe(1);
  });

  test('a merge is not blamed for what the other branch did', async () => {
    const cwd = repository(alembic);
    git(cwd, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    git(cwd, 'switch', '-q', '-c', 'other');
    write(cwd, { [two]: revision('two', 'one', 'op.execute("SELECT 1")') });
    git(cwd, 'commit', '-q', '-a', '-m', 'edit');
    git(cwd, 'switch', '-q', 'main');
    write(cwd, { 'README.md': 'More.\n' });
    git(cwd, 'commit', '-q', '-a', '-m', 'mine');
    git(cwd, 'merge', '-q', '--no-commit', '--no-ff', 'other');
    await passes(cwd);
    write(cwd, { [one]: revision('one', undefined, 'op.execute("SELECT 1")') });
    git(cwd, 'add', '.');
    expect((await hook(cwd)).code).toBe(1);
  });
});
