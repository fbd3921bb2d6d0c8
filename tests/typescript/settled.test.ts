import { describe, expect, test } from 'vitest';
import { settled } from '../../src/frontends/typescript/linking/lookup.js';
import { projectLookup } from '../../src/frontends/typescript/linking/project-lookup.js';
import type { FileSymbols } from '../../src/frontends/typescript/linking/file-symbols.js';
import { isHole, type Value } from '../../src/frontends/typescript/values/values.js';
import { readAlone, throughJson } from './support.js';

/** The value of the exported constant `x` of the first file, once all files are known. */
function valueOf(files: { [path: string]: string }): Value {
  const linked = Object.entries(files).map(([path, text]) => ({
    path,
    symbols: throughJson(readAlone(text, path)).symbols as FileSymbols,
  }));
  const [{ path, symbols }] = linked as [(typeof linked)[0]];
  return settled(symbols.values['x']!, path, projectLookup(linked));
}

/** Values as code that a person reads: names of packages as they are, names of other files with `@home`. */
function code(value: Value): string {
  switch (value.kind) {
    case 'text':
      return `'${value.parts.map((part) => (isHole(part) ? `\${${part.of ? code(part.of) : '?'}}` : part.value)).join('')}'`;
    case 'known':
      return String(value.value);
    case 'undefined':
      return 'undefined';
    case 'array':
      return `[${value.items.map(code).join(', ')}${value.complete ? '' : ', …'}]`;
    case 'object':
      return `{ ${value.entries.map(({ key, value: inner }) => `${key}: ${code(inner)}`).join(', ')}${value.complete ? '' : ', …'} }`;
    case 'reference':
      return [value.name, ...value.path].join('.') + (value.home === undefined ? '' : `@${value.home}`);
    case 'made':
      return `${value.origin.name}(${value.args.map(code).join(', ')})`;
    case 'chain':
      return (
        code(value.of) +
        value.links
          .map(
            ({ name, args }) => (name === undefined ? '' : `.${name}`) + (args ? `(${args.map(code).join(', ')})` : ''),
          )
          .join('')
      );
    case 'tagged':
      return code(value.tag) + code(value.text);
    case 'parameter':
      return [`$${value.index}`, ...value.path].join('.');
    case 'function':
      return `=> ${value.returns ? code(value.returns) : '?'}`;
    case 'oneOf':
      return value.values.map(code).join(' | ');
    case 'unknown':
      return '?';
  }
}

const drizzle = "import { varchar, sql, pgEnum } from 'drizzle-orm/pg-core';\n";

describe('builders of packages', () => {
  test.each([
    ["varchar('a').notNull()", "varchar('a').notNull()"],
    ["varchar('a', { length: 3 }).notNull().default('x')", "varchar('a', { length: 3 }).notNull().default('x')"],
    ['sql`now()`', "sql'now()'"],
    ['(t) => [t.a, t.b.desc()]', '=> [$0.a, $0.b.desc()]'],
    ['({ a }, [b]) => ({ a, b })', '=> { a: $0.a, b: $1.0 }'],
    ['(t) => sql`lower(${t.name})`', "=> sql'lower(${$0.name})'"],
    ["varchar(['a', 'b'].join('_')).unique()", "varchar('a_b').unique()"],
  ])('%s', (expression, expected) => {
    expect(code(valueOf({ 'a.ts': `${drizzle}export const x = ${expression};` }))).toBe(expected);
  });

  test('a method of a local object that makes one', () => {
    const text = `${drizzle}const make = { id: (n) => varchar(n).primaryKey() };\nexport const x = make.id('id');`;
    expect(code(valueOf({ 'a.ts': text }))).toBe("varchar('id').primaryKey()");
  });

  test('the constants before the return of a function count', () => {
    const text = `${drizzle}function id(n) { const long = n + '_id'; return varchar(long); }\nexport const x = id('a');`;
    expect(code(valueOf({ 'a.ts': text }))).toBe("varchar('a_id')");
  });
});

describe('what other files export', () => {
  const columns = `${drizzle}
    export const id = (name: string, length = 21) => varchar(name, { length }).notNull();
    export function both(name: string) { return { [name]: id(name), other: varchar('o') }; }
    export const stamps = { created: varchar('c'), updated: varchar('u').notNull() };
    export const role = pgEnum('role', ['a', 'b']);
    export const list = ['p', 'q'];
    export const helpers = { short: (name: string) => varchar(name, { length: 1 }) };
  `;
  test.each([
    ["id('a')", "varchar('a', { length: 21 }).notNull()"],
    ["id('a', 3).unique()", "varchar('a', { length: 3 }).notNull().unique()"],
    ['{ a: 1, ...stamps, b: 2 }', "{ a: 1, created: varchar('c'), updated: varchar('u').notNull(), b: 2 }"],
    ["role('r').notNull()", "pgEnum('role', ['a', 'b'])('r').notNull()"],
    ["['a', ...list]", "['a', 'p', 'q']"],
    ["helpers.short('s').unique()", "varchar('s', { length: 1 }).unique()"],
    ["{ ...both('k') }", "{ other: varchar('o'), … }"],
    ['() => stamps.created', '=> stamps.created'],
    ['{ ...missing }', '{ , … }'],
  ])('%s', (expression, expected) => {
    const text = `import { id, both, stamps, role, list, helpers, missing } from './columns';\nexport const x = ${expression};`;
    expect(code(valueOf({ 'a.ts': text, 'columns.ts': columns }))).toBe(expected);
  });

  test('a name keeps the file that it was written in', () => {
    const files = {
      'a.ts': "import { owner } from './b';\nexport const x = owner();",
      'b.ts':
        "import { users } from './c';\nimport { uuid } from 'drizzle-orm/pg-core';\nexport const owner = () => uuid('o').references(() => users.id);",
    };
    expect(code(valueOf(files))).toBe("uuid('o').references(=> users.id@b.ts)");
  });

  test('functions that call each other in a circle come to an end', () => {
    const files = {
      'a.ts': "import { b } from './b';\nexport const a = (n) => b(n);\nexport const x = b('1');",
      'b.ts': "import { a } from './a';\nexport const b = (n) => a(n);",
    };
    expect(code(valueOf(files))).toMatch(/^[ab]\('1'\)$/);
  });

  test('module.exports', () => {
    const files = {
      'a.js': "const { name } = require('./b');\nconst c = require('./c');\nmodule.exports.x = [name, c.deep.er];",
      'b.js': "module.exports = { name: 'n' };",
      'c.js': "exports.deep = { er: 'd' };",
    };
    expect(code(valueOf(files))).toBe("['n', 'd']");
  });
});
