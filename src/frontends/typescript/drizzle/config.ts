import { ts } from 'ts-morph';
import type { Dialect } from '../../../ir/index.js';
import { originOf } from '../linking/imports.js';
import { bare } from '../syntax.js';
import type { Unit } from '../unit.js';
import { evaluate } from '../values/evaluate.js';
import { property, textOf, textsOf, type Value } from '../values/values.js';

/** What a file says about how names are made, and which files belong together. */
export interface ConfigRecord {
  /** Of drizzle-kit, which writes the migrations; or of a client, which sends queries. */
  of: 'kit' | 'client';
  /** Paths and globs of the schema's files, relative to where drizzle-kit runs. */
  schema: string[];
  out?: string;
  dialect?: Dialect;
  /** It may be a constant of another file. */
  casing?: Value;
}

const dialects: { readonly [name: string]: Dialect } = {
  postgresql: 'postgresql',
  postgres: 'postgresql',
  pg: 'postgresql',
  mysql: 'mysql',
  mysql2: 'mysql',
  singlestore: 'mysql',
  sqlite: 'sqlite',
  turso: 'sqlite',
  libsql: 'sqlite',
  'better-sqlite': 'sqlite',
};

/** `defineConfig({ … })` and `export default { … } satisfies Config` of drizzle-kit; else `drizzle(client, { casing })`. */
export function configOf(unit: Unit): ConfigRecord | undefined {
  if (unit.mentions('drizzle-kit')) {
    const options = kitOptions(unit);
    if (options) return kitConfig(evaluate(options, unit.scope));
  }
  for (const call of unit.calls) {
    if (!ts.isCallExpression(call) || !isClient(call)) continue;
    const options = call.arguments.map((each) => evaluate(each, unit.scope)).findLast((each) => each.kind === 'object');
    const casing = options && property(options, 'casing');
    if (casing && casing.kind !== 'undefined') return { of: 'client', schema: [], casing };
  }
  return undefined;
}

/** A call of the function that every driver's module of Drizzle exports. */
function isClient(call: ts.CallExpression): boolean {
  const origin = originOf(call.expression);
  return origin?.name === 'drizzle' && origin.module.startsWith('drizzle-orm/');
}

/** The object that a file for drizzle-kit exports. */
export function kitOptions({ source, calls }: Unit): ts.ObjectLiteralExpression | undefined {
  for (const call of calls) {
    const origin = ts.isCallExpression(call) ? originOf(call.expression) : undefined;
    const given = ts.isCallExpression(call) && call.arguments[0] ? bare(call.arguments[0]) : undefined;
    if (
      origin?.module === 'drizzle-kit' &&
      origin.name === 'defineConfig' &&
      given &&
      ts.isObjectLiteralExpression(given)
    )
      return given;
  }
  const exported = source.statements.find(ts.isExportAssignment);
  const given = exported && bare(exported.expression);
  return given && ts.isObjectLiteralExpression(given) ? given : undefined;
}

function kitConfig(options: Value): ConfigRecord {
  const schema = property(options, 'schema');
  const single = textOf(schema);
  const out = textOf(property(options, 'out'));
  const dialect = textOf(property(options, 'dialect') ?? property(options, 'driver'));
  const casing = property(options, 'casing');
  return {
    of: 'kit',
    schema: single === undefined ? (textsOf(schema) ?? []) : [single],
    ...(out !== undefined && { out }),
    ...(dialect !== undefined && Object.hasOwn(dialects, dialect) && { dialect: dialects[dialect]! }),
    ...(casing && casing.kind !== 'undefined' && { casing }),
  };
}
