import { expect, test } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { replaysOf } from '../../src/queries/replay.js';
import { projectOf } from '../queries/support/project.js';

const head = 'from alembic import op\nimport sqlalchemy as sa\n';

/** The constraints and indexes that revisions with these bodies leave on table `t`. */
async function namesAfter(bodies: readonly string[], dialect: Dialect): Promise<(string | undefined)[]> {
  const files = bodies.map((body, at): [string, string] => [
    `migrations/versions/r${String(at)}.py`,
    `${head}revision = "r${String(at)}"\ndown_revision = ${at === 0 ? 'None' : `"r${String(at - 1)}"`}\ndef upgrade():\n${body.replace(/^/gm, '    ')}\n`,
  ]);
  const [replay] = replaysOf(await projectOf(Object.fromEntries(files), { dialect }));
  return [...replay!.final.tables()].flatMap(({ constraints, indexes }) =>
    [...constraints, ...indexes].map((each) => each.name),
  );
}

const long =
  'fk_shipment_line__warehouse_location_id__warehouse_location_of_the_carrier_fk_shipment_line__warehouse_location_id__warehouse_loc';
const first = (length: number): string => JSON.stringify(long.slice(0, length));
const table = 'op.create_table("t", sa.Column("a", sa.Integer()))\n';

// What Alembic 1.8.1 sends with SQLAlchemy 1.4.46.
test.each<[Dialect, number, string]>([
  ['postgresql', 63, 'fk_shipment_line__warehouse_location_id__warehouse_location_of_'],
  ['postgresql', 64, 'fk_shipment_line__warehouse_location_id__warehouse_loca_2116'],
  ['postgresql', 65, 'fk_shipment_line__warehouse_location_id__warehouse_loca_1e80'],
  ['mysql', 64, 'fk_shipment_line__warehouse_location_id__warehouse_location_of_t'],
  ['mysql', 65, 'fk_shipment_line__warehouse_location_id__warehouse_locat_1e80'],
  ['tsql', 128, long.slice(0, 128)],
  ['tsql', 129, `${long.slice(0, 120)}_8945`],
  ['oracle', 129, `${long.slice(0, 120)}_8945`],
  ['sqlite', 129, long],
])('%s has of a name of op.f with %i characters: %s', async (dialect, length, kept) => {
  const create = `${table}op.create_index(op.f(${first(length)}), "t", ["a"])`;
  expect(await namesAfter([create], dialect)).toEqual([kept]);
});

test('a long name is found again by op.f and by what the database calls it', async () => {
  const create = `${table}op.create_unique_constraint(op.f(${first(70)}), "t", ["a"])`;
  const [kept] = await namesAfter([create], 'postgresql');
  for (const name of [`op.f(${first(70)})`, `"${kept!}"`]) {
    expect(await namesAfter([create, `op.drop_constraint(${name}, "t", type_="unique")`], 'postgresql')).toEqual([]);
  }
});

test('the name that index=True makes is cut in the same way', async () => {
  const column = 'sa.Column("departure_planned_at", sa.Integer(), index=True)';
  const body = `op.create_table("warehouse_location_of_the_carrier__shipment_line", ${column})`;
  expect(await namesAfter([body], 'postgresql')).toEqual([
    'ix_warehouse_location_of_the_carrier__shipment_line_dep_abd2',
  ]);
});
