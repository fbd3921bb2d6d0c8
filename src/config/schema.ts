import type { JsonSchema } from '../options.js';
import { optionsSchema, type Rule } from '../rule.js';
import { engineRules } from '../engine/engine-rules.js';

const dialects = ['postgresql', 'cockroachdb', 'mysql', 'mariadb', 'sqlite', 'tsql', 'oracle', 'unknown'];
const runners = [
  'alembic',
  'typeorm',
  'mikro-orm',
  'drizzle',
  'sequelize',
  'knex',
  'kysely',
  'prisma',
  'db-migrate',
  'goose',
  'dbmate',
  'sqlx',
  'golang-migrate',
  'diesel',
  'flyway',
  'atlas',
  'supabase',
  'liquibase',
  'plain',
];
const presets = ['recommended', 'strict', 'online', 'standards'];
const severities = ['off', 'info', 'warn', 'error'];

const list = (description: string, items: JsonSchema = { type: 'string' }): JsonSchema => ({
  description,
  type: 'array',
  items,
});

const keys = (properties: { [key: string]: JsonSchema }, rest: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties,
  additionalProperties: false,
  ...rest,
});

/** A module and a name that it exports: `@acme/db#Column`, `./src/db.ts#query`, `#db#query`. */
const declaration = '^[^#]+#[^#]+$|^#[^#]+#[^#]+$';

/** An object whose keys name a declaration of the project. */
const byDeclaration = (description: string, value: JsonSchema): JsonSchema => ({
  description,
  type: 'object',
  title: 'module#export',
  patternProperties: { [declaration]: value },
  additionalProperties: false,
});

const typescript: JsonSchema = keys({
  aliases: byDeclaration(
    "What the project's own functions and decorators stand for, as `module#export` of a library, or `ignore`.",
    { type: 'string', pattern: `^ignore$|${declaration}`, title: 'module#export, and is not "ignore"' },
  ),
  decorators: byDeclaration(
    "The columns that a decorator adds: `name` (`{prop}` is the property's), `type`, `nullable`, `unique`, `primary`, `comment`.",
    keys(
      {
        columns: {
          type: 'array',
          minItems: 1,
          items: keys({
            name: { type: 'string' },
            type: { type: 'string' },
            nullable: { type: 'boolean' },
            unique: { type: 'boolean' },
            primary: { type: 'boolean' },
            comment: { type: 'string' },
          }),
        },
      },
      { required: ['columns'] },
    ),
  ),
  sqlSinks: byDeclaration(
    'Functions that run SQL text; `text` is the position of the argument that holds it, from 0.',
    keys({ text: { type: 'number', minimum: 0 } }, { required: ['text'] }),
  ),
  migrationWrappers: byDeclaration(
    'Functions that migrations call with their runner first, and the method of the runner that each calls.',
    { type: 'string', pattern: '^[A-Za-z_$][\\w$]*$', title: 'the name of a method' },
  ),
});

function ruleEntry(rule: Rule): JsonSchema {
  return {
    description: rule.summary,
    anyOf: [
      { enum: severities },
      {
        type: 'array',
        items: [{ enum: severities }, optionsSchema(rule.options)],
        minItems: 1,
        additionalItems: false,
      },
    ],
  };
}

/** The JSON Schema (draft 04) of a configuration file: what editors complete, and what ddlint itself checks against. */
export function configSchema(rules: Readonly<Record<string, Rule>>): JsonSchema {
  const entries = Object.keys(rules).sort();
  return {
    $schema: 'http://json-schema.org/draft-04/schema#',
    title: 'ddlint configuration',
    ...keys({
      $schema: { type: 'string' },
      extends: {
        description: 'Presets whose rules are on. Absent: recommended.',
        anyOf: [{ enum: presets }, { type: 'array', items: { enum: presets } }],
      },
      rules: { $ref: '#/definitions/rules' },
      dialect: { description: 'The dialect of all files, over what discovery finds.', enum: dialects },
      postgresVersion: { description: 'Major version, such as 15.', type: 'number', minimum: 8 },
      mysqlVersion: { description: 'Such as 8 or 8.4.', type: 'number', minimum: 5 },
      migrations: keys({
        report: {
          description: 'Whether rules about change speak of new and changed migrations only (the default), or of all.',
          enum: ['new', 'all'],
        },
        base: {
          description: 'A git revision, or the id of a migration: it and all that it follows have shipped.',
          type: 'string',
        },
        paths: list('Folders of migrations, instead of those that discovery finds.'),
        runner: { description: 'The tool that runs the migrations.', enum: runners },
        assumeInTransaction: {
          description: 'Whether migrations whose runner is not known run inside a transaction.',
          type: 'boolean',
        },
      }),
      models: keys({
        paths: list(
          'Globs of the files that declare models. They are always read, and tables of other code are left aside.',
        ),
      }),
      typescript,
      overrides: list(
        'Settings for files that match a glob; later ones win.',
        keys(
          {
            files: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }] },
            rules: { $ref: '#/definitions/rules' },
            dialect: { enum: dialects },
          },
          { required: ['files'] },
        ),
      ),
      ignore: list('Globs of files to leave alone; one that starts with "!" takes a file back in.'),
    }),
    definitions: {
      rules: keys({
        ...Object.fromEntries(entries.map((id) => [id, ruleEntry(rules[id]!)])),
        ...Object.fromEntries(
          Object.entries(engineRules).map(([id, { summary }]) => [id, { description: summary, enum: severities }]),
        ),
      }),
    },
  };
}
