import { afterAll, expect, test } from 'vitest';
import fc from 'fast-check';
import { readProject } from '../support.js';
import { byName, described, expected, tablesOf } from './mikro-orm/lines.js';
import { Compiled, ormOf } from './mikro-orm/orm.js';

const folders: Compiled[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

const some = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const builders = some(
  'string()',
  'text()',
  'integer()',
  'bigint()',
  'smallint()',
  'tinyint()',
  'float()',
  'double()',
  'decimal()',
  'boolean()',
  'uuid()',
  'date()',
  'datetime()',
  'datetime(3)',
  'time()',
  'json()',
  'array()',
  'blob()',
  'character()',
  'enum(["a", "b"])',
  'enum([1, 2])',
  'enum(() => Role)',
  'type("varchar(7)")',
  'type("citext")',
  'manyToOne(Other)',
  'oneToOne(Other).owner()',
);
const links = fc.uniqueArray(
  some(
    'nullable()',
    'unique()',
    'index()',
    'index("named")',
    'comment("Said.")',
    'fieldName("given")',
    'length(9)',
    'precision(8)',
    'scale(3)',
    'unsigned()',
    'persist(false)',
    'defaultRaw("x")',
    'deleteRule("cascade")',
    'updateRule("restrict")',
    'createForeignKeyConstraint(false)',
    'cascade()',
    'check("a > 0")',
    'columnType("numeric(5,2)")',
    'generated("(1) stored")',
  ),
  { maxLength: 3 },
);

const property = fc
  .tuple(
    some('name', 'HTTPCode', 'a1B2', 'user_id', 'isOk', 'veryLongNameOfAPropertyThatNobodyWrites'),
    builders,
    links,
  )
  .filter(
    ([, builder, given]) =>
      !/manyToOne|oneToOne/.test(builder) ||
      !given.some((link) => /columnType|generated|defaultRaw|persist|length/.test(link)),
  );

const entity = fc.record({
  name: some('Thing', 'HTTPThing', 'BoxOfThings2', 'AnEntityWithAnExtraordinarilyLongNameThatIsCut'),
  properties: fc.uniqueArray(property, { selector: ([name]) => name, minLength: 1, maxLength: 4 }),
  key: some(
    'integer().primary()',
    'bigint().primary()',
    'uuid().primary()',
    'string().primary().length(20)',
    'integer().primary().autoincrement(false)',
  ),
});

test('entities of any kind are those of MikroORM', () => {
  fc.assert(
    fc.property(entity, some('postgresql' as const, 'mysql' as const), ({ name, properties, key }, dialect) => {
      const lines = properties.map(
        ([each, builder, given]) =>
          `    ${each}: () => p.${[builder, ...given].join('.').replace('given', `given${each}`)},`,
      );
      const text = `import { defineEntity, p } from '@mikro-orm/core';
enum Role { Admin = 'admin', Reader = 'reader' }
export const Other = defineEntity({ name: 'Other', properties: { id: p.integer().primary() } });
export const ${name} = defineEntity({
  name: '${name}',
  properties: {
    id: p.${key},
${lines.join('\n')}
  },
});
`;
      const files = { 'src/models.ts': text };
      const compiled = new Compiled(files);
      folders.push(compiled);
      const target = ormOf(compiled, dialect).schema.getTargetSchema().getTables();
      const tables = tablesOf(readProject(files, { dialect }));
      expect(byName(tables.map(described)), text).toEqual(byName(target.map((table) => expected(table, dialect))));
    }),
    { numRuns: 200 },
  );
}, 120_000);
