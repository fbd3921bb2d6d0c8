import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { typesDiffer } from '../../src/queries/drift/types.js';

const enums = new Set(['mood']);
const differ = (model: string, actual: string, dialect: Dialect, lenient = false): boolean =>
  typesDiffer(model, actual, dialect, enums, lenient);

describe('one type under two names', () => {
  test.each<[Dialect, string, string]>([
    ['postgresql', 'varchar', 'text'],
    ['postgresql', 'varchar(20)', 'character varying(20)'],
    ['postgresql', 'char', 'character(1)'],
    ['postgresql', 'int', 'int4'],
    ['postgresql', 'integer', 'serial'],
    ['postgresql', 'bigint', 'bigserial'],
    ['postgresql', 'timestamptz', 'timestamp with time zone'],
    ['postgresql', 'timestamp(6)', 'timestamp without time zone'],
    ['postgresql', 'float', 'double precision'],
    ['postgresql', 'float(20)', 'real'],
    ['postgresql', 'decimal(10)', 'numeric(10,0)'],
    ['postgresql', 'numeric(10, 2)', 'numeric(10,2)'],
    ['postgresql', 'varchar[]', 'text[]'],
    ['postgresql', 'integer[][]', 'int4[]'],
    ['postgresql', 'bool', 'boolean'],
    ['mysql', 'boolean', 'tinyint(1)'],
    ['mysql', 'int', 'int(11)'],
    ['mysql', 'int unsigned', 'int(10) unsigned'],
    ['mysql', 'datetime', 'datetime(0)'],
    ['mysql', 'decimal', 'decimal(10,0)'],
    ['mysql', "enum('a','b')", "enum('a', 'b', 'c')"],
    ['mysql', "enum('it''s')", "enum('it\\'s')"],
    ['mariadb', 'json', 'longtext'],
    ['sqlite', 'datetime', 'text'],
    ['sqlite', 'varchar(20)', 'varchar(50)'],
  ])('%s: %s and %s', (dialect, model, actual) => {
    expect(differ(model, actual, dialect)).toBe(false);
    expect(differ(actual, model, dialect)).toBe(dialect === 'mysql' && actual.includes("'c'"));
  });
});

describe('types that differ', () => {
  test.each<[Dialect, string, string]>([
    ['postgresql', 'varchar(20)', 'varchar(50)'],
    ['postgresql', 'varchar(20)', 'text'],
    ['postgresql', 'varchar', 'varchar(20)'],
    ['postgresql', 'timestamp', 'timestamptz'],
    ['postgresql', 'timestamp', 'timestamp(3)'],
    ['postgresql', 'json', 'jsonb'],
    ['postgresql', 'integer', 'bigint'],
    ['postgresql', 'text', 'text[]'],
    ['postgresql', 'numeric(10,2)', 'numeric(12,2)'],
    ['postgresql', 'uuid', 'varchar(36)'],
    ['postgresql', 'text', 'mood'],
    ['mysql', 'int', 'int unsigned'],
    ['mysql', 'text', 'mediumtext'],
    ['mysql', 'datetime', 'datetime(6)'],
    ['mysql', "enum('a','b')", "enum('a')"],
    ['sqlite', 'integer', 'text'],
  ])('%s: %s and %s', (dialect, model, actual) => {
    expect(differ(model, actual, dialect)).toBe(true);
  });
});

test('what is not known does not differ', () => {
  expect(differ('unknown', 'text', 'postgresql')).toBe(false);
  expect(differ('integer', 'text', 'unknown')).toBe(false);
  // A domain may be over anything; an enum may have got another name.
  expect(differ('text', 'email_address', 'postgresql')).toBe(false);
  expect(differ('feeling', 'mood', 'postgresql')).toBe(false);
  expect(differ('numeric', 'numeric(10,2)', 'postgresql')).toBe(false);
});

test('a model that names no length may leave it to the migrations', () => {
  expect(differ('varchar', 'varchar(20)', 'postgresql', true)).toBe(false);
  expect(differ('text', 'varchar(20)', 'postgresql', true)).toBe(true);
  expect(differ('varchar(30)', 'varchar(20)', 'postgresql', true)).toBe(true);
});
