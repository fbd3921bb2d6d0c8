import { describe, expect, test } from 'vitest';
import type { FileFacts, Migration, Project } from '../../src/ir/index.js';
import { histories } from '../../src/queries/revision-graph.js';
import { inOneBatch } from '../../src/queries/shipped.js';

const span = { start: 0, end: 0 };

function migration(id: string, rest: Partial<Migration>): Migration {
  const body = { state: 'empty' as const, steps: [], span };
  return {
    id,
    history: 'versions',
    runner: 'alembic',
    dependsOn: [],
    branchLabels: [],
    order: [],
    transaction: 'unknown',
    up: body,
    down: body,
    span,
    ...rest,
  };
}

function project(migrations: Migration[], rest: { shipped?: string[]; scope?: FileFacts['scope'] } = {}): Project {
  const files = migrations.map((each, index): FileFacts => ({
    path: `versions/${String(index)}_${each.id}.py`,
    frontend: 'python',
    dialect: 'postgresql',
    scope: rest.scope ?? 'project',
    tables: [],
    enums: [],
    migrations: [each],
    statements: [],
    sites: [],
    usages: [],
    comments: [],
    problems: [],
  }));
  const shipped = files.filter(({ migrations: [each] }) => rest.shipped?.includes(each!.id)).map(({ path }) => path);
  return { files, settings: { dialect: 'postgresql', shipped: new Set(shipped) } };
}

const ids = (placed: readonly { migration: Migration }[]): string[] => placed.map(({ migration: { id } }) => id);

describe('a graph of parents', () => {
  const branched = [
    migration('merge', { parents: ['left', 'right'] }),
    migration('right', { parents: ['base'] }),
    migration('left', { parents: ['base'] }),
    migration('base', { parents: [] }),
  ];

  test('is put in an order that does not hang on the order of files', () => {
    const [one] = histories(project(branched));
    const [other] = histories(project([...branched].reverse()));
    expect(ids(one!.ordered)).toEqual(['base', 'left', 'right', 'merge']);
    expect(ids(other!.ordered)).toEqual(ids(one!.ordered));
    expect(ids(one!.heads)).toEqual(['merge']);
    expect(ids(one!.roots)).toEqual(['base']);
  });

  test('has a head for each end', () => {
    expect(ids(histories(project(branched.slice(1)))[0]!.heads)).toEqual(['left', 'right']);
  });

  test('waits for what it depends on, by id or label', () => {
    const [history] = histories(
      project([
        migration('a', { parents: [], dependsOn: ['later'] }),
        migration('b', { parents: [], branchLabels: ['later'] }),
        migration('c', { parents: [], dependsOn: ['a'] }),
      ]),
    );
    expect(ids(history!.ordered)).toEqual(['b', 'a', 'c']);
  });

  test('names parents that are not there, and ids that are there twice', () => {
    const [history] = histories(
      project([
        migration('a', { parents: ['gone'] }),
        migration('b', { parents: ['a'] }),
        migration('b', { parents: ['a'] }),
      ]),
    );
    expect(history!.missing.map(({ child, parent }) => [child.migration.id, parent])).toEqual([['a', 'gone']]);
    expect(history!.duplicates.map(ids)).toEqual([['b', 'b']]);
    expect(ids(history!.ordered)).toEqual(['a', 'b', 'b']);
  });

  test('keeps what stands on a cycle, last', () => {
    const [history] = histories(
      project([
        migration('a', { parents: ['c'] }),
        migration('b', { parents: ['a'] }),
        migration('c', { parents: ['b'] }),
        migration('base', { parents: [] }),
      ]),
    );
    expect(ids(history!.cyclic)).toEqual(['a', 'b', 'c']);
    expect(ids(history!.ordered)).toEqual(['base', 'a', 'b', 'c']);
  });

  test('grows in step with its length', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) =>
      migration(`r${String(index)}`, { parents: index === 0 ? [] : [`r${String(index - 1)}`] }),
    );
    expect(histories(project(chain))[0]!.ordered.at(-1)!.migration.id).toBe('r19999');
  });
});

describe('an order of keys', () => {
  test('compares numbers as numbers and text bytewise', () => {
    const [history] = histories(
      project(
        [
          ['x', [10]],
          ['y', [9]],
          ['Z', [10, 'b']],
          ['a', [10, 'B']],
        ].map(([id, order]) => migration(id as string, { runner: 'flyway', order: order as (number | string)[] })),
      ),
    );
    expect(ids(history!.ordered)).toEqual(['y', 'x', 'a', 'Z']);
    expect(ids(history!.heads)).toEqual(['Z']);
    expect(ids(history!.roots)).toEqual(['y']);
  });
});

test('histories are kept apart by folder and runner, and tests have none', () => {
  const both = [migration('a', {}), migration('b', { history: 'other' }), migration('c', { runner: 'goose' })];
  expect(histories(project(both)).map(({ folder, runner }) => [folder, runner])).toEqual([
    ['other', 'alembic'],
    ['versions', 'alembic'],
    ['versions', 'goose'],
  ]);
  expect(histories(project(both, { scope: 'test' }))).toEqual([]);
});

describe('new migrations', () => {
  const [a, b, c] = [
    migration('a', { parents: [] }),
    migration('b', { parents: ['a'] }),
    migration('c', { parents: ['b'] }),
  ];

  test('reach a database together once something has shipped', () => {
    const some = project([a, b, c], { shipped: ['a'] });
    expect([inOneBatch(some, b, c), inOneBatch(some, a, b), inOneBatch(some, a, a)]).toEqual([true, false, true]);
  });

  test('are taken one by one where nothing has', () => {
    expect(inOneBatch(project([a, b, c]), b, c)).toBe(false);
  });
});
