import { describe, expect, test } from 'vitest';
import type { Project } from '../../src/ir/index.js';
import { blockedBy, effectOf, locksHeld } from '../../src/queries/locks.js';
import { spoken } from '../../src/queries/names.js';
import { operationsIn } from '../../src/queries/operations.js';
import { projectOf } from './support/project.js';

/** What is held when the last operation of the last file begins. */
function heldAtEnd(project: Project): string[] {
  const last = [...operationsIn(project.files.at(-1)!)].filter(({ section }) => section !== 'down').at(-1)!;
  return locksHeld(project, last).map(({ table, mode, facts }) => `${mode} on ${spoken(table)} by ${facts.path}`);
}

const script = (text: string) => projectOf({ 'a.sql': text });
const revision = (id: string, before: string, body: string) => `from alembic import op
revision = '${id}'
down_revision = ${before}
def upgrade():
${body}
def downgrade():
    pass
`;

describe('what a transaction holds', () => {
  test('is the strongest lock on each table', async () => {
    const project = await script(`BEGIN; COMMENT ON TABLE a IS 'x'; CREATE INDEX i ON a (x); ALTER TABLE a ADD y int;
      CREATE INDEX j ON b (x); UPDATE c SET x = 1;`);
    expect(heldAtEnd(project)).toEqual(['ACCESS EXCLUSIVE on a by a.sql', 'SHARE on b by a.sql']);
  });

  test('ends with it', async () => {
    const project = await script('BEGIN; ALTER TABLE a ADD y int; COMMIT; BEGIN; UPDATE c SET x = 1;');
    expect(heldAtEnd(project)).toEqual([]);
  });

  test('is nothing outside of one', async () => {
    expect(heldAtEnd(await script('ALTER TABLE a ADD y int; UPDATE c SET x = 1;'))).toEqual([]);
  });

  test('leaves out what it made itself', async () => {
    const project = await script(
      'BEGIN; CREATE TABLE a (x int); ALTER TABLE a RENAME TO b; ALTER TABLE b ADD y int; SELECT 1;',
    );
    expect(heldAtEnd(project)).toEqual([]);
  });

  test('has the new name of a table, and not what is gone', async () => {
    const project = await script(`BEGIN; ALTER TABLE a ADD y int; ALTER TABLE a RENAME TO b; ALTER TABLE c ADD y int;
      DROP TABLE c; UPDATE d SET x = 1;`);
    expect(heldAtEnd(project)).toEqual(['ACCESS EXCLUSIVE on b by a.sql']);
  });

  test('is that of the migrations before, where they are sure to share it', async () => {
    const files = {
      'migrations/versions/1.py': revision('1', 'None', "    op.execute('CREATE TABLE a (x int)')"),
      'migrations/versions/2.py': revision('2', "'1'", "    op.execute('ALTER TABLE a ADD y int')"),
      'migrations/versions/3.py': revision('3', "'2'", "    op.execute('UPDATE b SET x = 1')"),
    };
    expect(heldAtEnd(await projectOf(files))).toEqual([]);
    const project = await projectOf(files, { shipped: ['migrations/versions/1.py'] });
    expect(heldAtEnd(project)).toEqual(['ACCESS EXCLUSIVE on a by migrations/versions/2.py']);
  });
});

describe('an effect', () => {
  test('is not known in a dialect without a table of locks', async () => {
    const project = await projectOf({ 'a.sql': 'ALTER TABLE a ADD y int;' }, { dialect: 'sqlite' });
    expect(effectOf(project, [...operationsIn(project.files[0]!)][0]!)).toBeUndefined();
  });

  test('is told in words', () => {
    expect(blockedBy('ACCESS EXCLUSIVE')).toBe('every read and write');
    expect(blockedBy('SHARE')).toBe('every INSERT, UPDATE and DELETE');
    expect(blockedBy('LOCK=SHARED')).toBe(blockedBy('SHARE ROW EXCLUSIVE'));
  });
});
