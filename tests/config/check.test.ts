import { validate } from '../../src/config/validate.js';
import { pattern } from '../../src/options.js';
import { describe, expect, test } from 'vitest';
import { checkConfig } from '../../src/config/check.js';
import type { Config } from '../../src/config/config.js';
import { ConfigurationError } from '../../src/config/errors.js';
import { configSchema } from '../../src/config/schema.js';
import { rules } from '../engine/support/fakes.js';

/** The problems of a configuration, as a user could have written it. */
function problemsOf(config: unknown): readonly string[] {
  try {
    checkConfig({ config: config as Config, file: '/p/ddlint.config.json' }, rules);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toContain('/p/ddlint.config.json: ');
    return (error as ConfigurationError).problems;
  }
}

test('everything that the documentation names is accepted', () => {
  const config: Config = {
    $schema: './node_modules/ddlint/schema.json',
    extends: ['recommended', 'online'],
    rules: {
      'test/bad-word': ['error', { adjective: 'awful' }],
      'test/quiet-word': 'off',
      'test/broken': ['warn'],
      'ddlint/unused-suppression': 'error',
    },
    dialect: 'postgresql',
    postgresVersion: 15,
    mysqlVersion: 8.4,
    migrations: { report: 'all', base: 'main', paths: ['db/migrations'], runner: 'goose', assumeInTransaction: true },
    models: { paths: ['src/**/*.entity.ts'] },
    typescript: {
      aliases: {
        '@acme/db#MultiColumn': 'typeorm#Column',
        './src/sql-tools.ts#Table': 'ignore',
        '#db#id': '@mikro-orm/core#Property',
      },
      decorators: {
        '@acme/db#BigNumber': {
          columns: [
            { name: '{prop}', type: 'numeric', nullable: true, unique: true, primary: false, comment: 'An amount.' },
            { name: 'raw_{prop}', type: 'jsonb' },
          ],
        },
      },
      sqlSinks: { 'src/db.ts#rawQuery': { text: 0 } },
      migrationWrappers: { './mig#addColumns': 'addColumns' },
    },
    overrides: [{ files: '*.sql', rules: { 'test/bad-word': 'warn' }, dialect: 'mysql' }, { files: ['a', 'b'] }],
    ignore: ['generated/**', '!generated/schema.sql'],
  };
  expect(problemsOf(config)).toEqual([]);
  expect(problemsOf({})).toEqual([]);
  expect(problemsOf({ extends: [] })).toEqual([]);
});

describe('every mistake is named, with the word that was meant', () => {
  test.each<[string, unknown, string]>([
    [
      'declaration without a module',
      { typescript: { aliases: { Column: 'typeorm#Column' } } },
      '"typescript.aliases" has the key "Column", which is not written as module#export',
    ],
    [
      'alias of nothing',
      { typescript: { aliases: { '@acme/db#Column': 'Column' } } },
      '"typescript.aliases.@acme/db#Column" is "Column", which is not written as module#export, and is not "ignore"',
    ],
    [
      'decorator without columns',
      { typescript: { decorators: { '@acme/db#Money': { columns: [] } } } },
      '"typescript.decorators.@acme/db#Money.columns" is empty',
    ],
    [
      'part of a column',
      { typescript: { decorators: { '@acme/db#Money': { columns: [{ nulable: true }] } } } },
      'unknown key "nulable" in "typescript.decorators.@acme/db#Money.columns[0]"; did you mean "nullable"?',
    ],
    [
      'sink without a position',
      { typescript: { sqlSinks: { '@acme/db#raw': {} } } },
      '"typescript.sqlSinks.@acme/db#raw" has no "text"',
    ],
    [
      'wrapper of no method',
      { typescript: { migrationWrappers: { '@acme/db#add': 'q.add()' } } },
      '"typescript.migrationWrappers.@acme/db#add" is "q.add()", which is not the name of a method',
    ],
    [
      'key of typescript',
      { typescript: { sqlSink: {} } },
      'unknown key "sqlSink" in "typescript"; did you mean "sqlSinks"?',
    ],
    ['key', { rulez: {} }, 'unknown key "rulez"; did you mean "rules"?'],
    ['key that is like nothing', { reporters: [] }, 'unknown key "reporters"'],
    ['nested key', { migrations: { raport: 'all' } }, 'unknown key "raport" in "migrations"; did you mean "report"?'],
    [
      'rule',
      { rules: { 'test/bad-wrod': 'warn' } },
      'unknown rule "test/bad-wrod" in "rules"; did you mean "test/bad-word"?',
    ],
    [
      'rule without its family',
      { rules: { 'bad-word': 'warn' } },
      'unknown rule "bad-word" in "rules"; did you mean "test/bad-word"?',
    ],
    [
      'rule of an override',
      { overrides: [{ files: '*', rules: { 'test/quiet': 'warn' } }] },
      'unknown rule "test/quiet" in "overrides[0].rules"; did you mean "test/quiet-word"?',
    ],
    [
      'option',
      { rules: { 'test/bad-word': ['warn', { adjectiv: 'x' }] } },
      'unknown option "adjectiv" in "rules.test/bad-word[1]"; did you mean "adjective"?',
    ],
    [
      'option value',
      { rules: { 'test/bad-word': ['warn', { adjective: 3 }] } },
      '"rules.test/bad-word[1].adjective" is a number, not a string',
    ],
    [
      'severity',
      { rules: { 'test/bad-word': 'warning' } },
      '"rules.test/bad-word" is "warning", not one of "off", "info", "warn", "error"; did you mean "warn"?',
    ],
    [
      'severity in a list',
      { rules: { 'test/bad-word': ['errror'] } },
      '"rules.test/bad-word[0]" is "errror", not one of "off", "info", "warn", "error"; did you mean "error"?',
    ],
    ['empty entry', { rules: { 'test/bad-word': [] } }, '"rules.test/bad-word" is empty'],
    [
      'entry with too much',
      { rules: { 'test/bad-word': ['warn', {}, {}] } },
      '"rules.test/bad-word" has 3 entries, at most 2 are expected',
    ],
    [
      'preset',
      { extends: 'recomended' },
      '"extends" is "recomended", not one of "recommended", "strict", "online", "standards"; did you mean "recommended"?',
    ],
    [
      'preset in a list',
      { extends: ['strict', 'onlin'] },
      '"extends[1]" is "onlin", not one of "recommended", "strict", "online", "standards"; did you mean "online"?',
    ],
    ['version', { postgresVersion: '15' }, '"postgresVersion" is a string, not a number'],
    ['old version', { postgresVersion: 1 }, '"postgresVersion" is 1, below 8'],
    ['list', { ignore: 'dist' }, '"ignore" is a string, not an array'],
    ['override without files', { overrides: [{ rules: {} }] }, '"overrides[0]" has no "files"'],
    [
      'options of the engine',
      { rules: { 'ddlint/unused-suppression': ['warn', {}] } },
      '"rules.ddlint/unused-suppression" is ["warn",{}], not one of "off", "info", "warn", "error"',
    ],
    ['no object', 'recommended', 'the configuration is a string, not an object'],
    ['null', null, 'the configuration is null, not an object'],
    ['inherited name', { rules: { toString: 'warn' } }, 'unknown rule "toString" in "rules"'],
  ])('%s', (_name, config, problem) => {
    expect(problemsOf(config)).toEqual([problem]);
  });

  test('several at once', () => {
    expect(problemsOf({ rulez: {}, dialect: 'postgres', ignore: [1] })).toEqual([
      'unknown key "rulez"; did you mean "rules"?',
      '"dialect" is "postgres", not one of "postgresql", "cockroachdb", "mysql", "mariadb", "sqlite", "tsql", "oracle", "unknown"; did you mean "postgresql"?',
      '"ignore[0]" is a number, not a string',
    ]);
  });
});

test('the schema names every rule with its summary and options', () => {
  const schema = configSchema(rules) as {
    definitions: { rules: { properties: { [id: string]: { description: string; anyOf: { items: unknown[] }[] } } } };
  };
  const entry = schema.definitions.rules.properties['test/bad-word']!;
  expect(entry.description).toBe('A bad word.');
  expect(entry.anyOf[1]!.items[1]).toEqual({
    type: 'object',
    properties: { adjective: { type: 'string', description: 'What to say of it.' } },
    additionalProperties: false,
  });
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
});

test('an option that must be a regular expression is checked as one', () => {
  const schema = { type: 'object', properties: { allowed: pattern('Names.').schema } };
  expect(validate({ allowed: '_old$' }, schema)).toEqual([]);
  expect(validate({ allowed: '' }, schema)).toEqual([]);
  expect(validate({ allowed: '(' }, schema)).toEqual(['"allowed" is "(", which is no regular expression']);
});
