import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typeLoss } from '../../src/queries/type-changes.js';

/** What becomes of a value that the old type has room for. */
type Outcome = 'kept' | 'refused' | 'altered';

/** The greatest, longest or finest value of the old type, and what PostgreSQL makes of it in the new one. */
const changes: readonly (readonly [from: string, to: string, value: string, outcome: Outcome])[] = [
  ['varchar(50)', 'varchar(20)', 'x'.repeat(50), 'refused'],
  ['varchar(20)', 'varchar(50)', 'x'.repeat(20), 'kept'],
  ['text', 'varchar(20)', 'x'.repeat(50), 'refused'],
  ['varchar(20)', 'text', 'x'.repeat(20), 'kept'],
  ['text', 'varchar', 'x'.repeat(50), 'kept'],
  ['varchar(20)', 'char(5)', 'x'.repeat(20), 'refused'],
  ['text[]', 'varchar(3)[]', '{xxxx}', 'refused'],
  ['varchar(3)[]', 'text[]', '{xxx}', 'kept'],
  ['bigint', 'integer', '9223372036854775807', 'refused'],
  ['integer', 'bigint', '-2147483648', 'kept'],
  ['integer', 'smallint', '2147483647', 'refused'],
  ['integer', 'varchar(10)', '-2147483648', 'refused'],
  ['integer', 'varchar(11)', '-2147483648', 'kept'],
  ['integer', 'numeric(10,0)', '-2147483648', 'kept'],
  ['integer', 'numeric(10,2)', '2147483647', 'refused'],
  ['integer', 'double precision', '2147483647', 'kept'],
  ['integer', 'real', '16777217', 'altered'],
  ['smallint', 'real', '32767', 'kept'],
  ['bigint', 'double precision', '9007199254740993', 'altered'],
  ['numeric(10,4)', 'numeric(10,2)', '12.3456', 'altered'],
  ['numeric(10,2)', 'numeric(8,2)', '12345678.90', 'refused'],
  ['numeric(10,2)', 'numeric(12,4)', '12345678.90', 'kept'],
  ['numeric(10,2)', 'numeric', '12345678.90', 'kept'],
  ['numeric(10,2)', 'integer', '1.55', 'altered'],
  ['numeric(12,0)', 'integer', '999999999999', 'refused'],
  ['numeric(9,0)', 'integer', '999999999', 'kept'],
  ['numeric', 'double precision', '1.234567890123456789', 'altered'],
  ['double precision', 'real', '1.23456789012', 'altered'],
  ['double precision', 'integer', '1.55', 'altered'],
  ['timestamp', 'date', '2024-01-02 10:00', 'altered'],
  ['timestamp', 'timestamp(3)', '2024-01-02 10:00:00.123456', 'altered'],
  ['timestamp(3)', 'timestamp', '2024-01-02 10:00:00.123', 'kept'],
  ['timestamp', 'time', '2024-01-02 10:00', 'altered'],
  ['timestamp with time zone', 'timestamp', '2024-01-02 10:00+05', 'altered'],
  ['time', 'time(0)', '10:00:00.7', 'altered'],
  ['uuid', 'text', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'kept'],
  ['uuid', 'varchar(36)', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'kept'],
  ['uuid', 'varchar(32)', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'refused'],
];

/** Texts that do not read as the type; PostgreSQL wants a cast written out. */
const unreadable: readonly (readonly [to: string, value: string])[] = [
  ['integer', 'one'],
  ['numeric(5,2)', 'one'],
  ['double precision', 'one'],
  ['boolean', 'perhaps'],
  ['uuid', 'one'],
  ['jsonb', '{'],
  ['date', 'soon'],
  ['timestamp', 'soon'],
  ['time', 'soon'],
];

describe('what a type has no room for, as PostgreSQL has it', () => {
  let server: PGlite;
  beforeAll(async () => {
    server = await PGlite.create();
  }, 120_000);
  afterAll(() => server.close());

  async function outcomeOf(from: string, to: string, value: string, using = ''): Promise<Outcome> {
    await server.exec('DROP TABLE IF EXISTS t');
    await server.exec(`CREATE TABLE t (c ${from})`);
    await server.query('INSERT INTO t VALUES ($1)', [value]);
    const read = async (): Promise<string> =>
      (await server.query<{ c: string }>('SELECT c::text AS c FROM t')).rows[0]!.c;
    const before = await read();
    try {
      await server.exec(`ALTER TABLE t ALTER COLUMN c TYPE ${to} ${using}`);
    } catch {
      return 'refused';
    }
    const after = await read();
    const isNumber = /^-?[\d.]+(?:e\+?\d+)?$/.test(before);
    return after === before ||
      (isNumber && Number(after) === Number(before) && !/e\+/.test(after) && !/double/.test(to))
      ? 'kept'
      : 'altered';
  }

  it.each(changes)('%s to %s', async (from, to, value, outcome) => {
    expect(await outcomeOf(from, to, value)).toBe(outcome);
    const loss = typeLoss(from, to, 'postgresql');
    if (outcome === 'kept') expect(loss).toBeUndefined();
    else expect(loss?.[outcome]).toBeTypeOf('string');
  });

  it.each(unreadable)('text to %s', async (to, value) => {
    expect(await outcomeOf('text', to, value, `USING c::${to}`)).toBe('refused');
    expect(typeLoss('text', to, 'postgresql')?.refused).toBeTypeOf('string');
  });
});

describe('types of other databases', () => {
  it.each([
    ['bigint unsigned', 'bigint', true],
    ['int', 'int unsigned', true],
    ['varchar(255)', 'text', false],
    ['longtext', 'text', true],
    ['tinytext', 'varchar(255)', false],
    ["enum('a','b')", "enum('a','b','c')", false],
    ["enum('a','b')", "enum('b')", true],
    ["enum('a','long')", 'varchar(3)', true],
    ['datetime', 'timestamp', true],
    ['timestamp', 'datetime', false],
    ['datetime(6)', 'datetime', true],
    ['decimal(10,2)', 'decimal', true],
    ['geometry', 'varchar(3)', false],
  ])('MySQL: %s to %s', (from, to, loses) => {
    expect(typeLoss(from, to, 'mysql') !== undefined).toBe(loses);
  });

  it.each([
    ['nvarchar(50)', 'varchar(50)', true],
    ['varchar(50)', 'nvarchar(max)', false],
    ['datetimeoffset', 'datetime2', true],
    ['tinyint', 'smallint', false],
  ])('T-SQL: %s to %s', (from, to, loses) => {
    expect(typeLoss(from, to, 'tsql') !== undefined).toBe(loses);
  });

  it('SQLite keeps every value as it is', () => {
    expect(typeLoss('text', 'varchar(3)', 'sqlite')).toBeUndefined();
  });
});
