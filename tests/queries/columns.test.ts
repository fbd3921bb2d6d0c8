import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Columns } from '../../src/queries/replay/columns.js';
import type { ColumnState } from '../../src/queries/replay/state.js';

/** Columns are told apart by what they are, not by what is in them. */
const state = (): ColumnState => ({ uncertain: [] }) as unknown as ColumnState;

const change = fc.record({
  /** Which of the versions so far is changed; mostly the last one. */
  version: fc.oneof({ weight: 5, arbitrary: fc.constant(-1) }, fc.nat()),
  key: fc.constantFrom('a', 'b', 'c', 'd'),
  kind: fc.constantFrom('with', 'without'),
});

test('every version of the columns holds what a map of its own would hold', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 300 }), (changes) => {
      const versions: [Columns, Map<string, ColumnState>][] = [[Columns.of([]), new Map()]];
      for (const { version, key, kind } of changes) {
        const [columns, map] = versions.at(version < 0 ? -1 : version % versions.length)!;
        const copy = new Map(map);
        if (kind === 'with') {
          const added = state();
          copy.set(key, added);
          versions.push([columns.with(key, added), copy]);
        } else {
          copy.delete(key);
          versions.push([columns.without(key), copy]);
        }
      }
      for (const [columns, map] of versions) {
        const held = [...columns];
        expect(held.map(([key]) => key)).toEqual([...map.keys()]);
        expect(held.every(([key, each]) => each === map.get(key))).toBe(true);
        expect(columns.size).toBe(map.size);
        for (const key of ['a', 'b', 'c', 'd']) expect(columns.get(key)).toBe(map.get(key));
      }
    }),
  );
});

test('of two with the same key the last one counts, at the place of the first', () => {
  const [first, second, other] = [state(), state(), state()];
  const columns = Columns.of([
    ['a', first],
    ['b', other],
    ['a', second],
  ]);
  expect([...columns.keys()]).toEqual(['a', 'b']);
  expect(columns.get('a')).toBe(second);
});
