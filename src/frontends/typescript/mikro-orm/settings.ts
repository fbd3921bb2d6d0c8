import { ts } from 'ts-morph';
import type { Dialect, Span } from '../../../ir/index.js';
import { originOf } from '../linking/imports.js';
import { bare, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { evaluate } from '../values/evaluate.js';
import { property, scalarOf, textOf, type Value } from '../values/values.js';
import { isMikro } from './modules.js';
import { truthGiven } from './options.js';

/** What a configuration of MikroORM says of models and migrations. */
export interface Settings {
  span: Span;
  /** It adds to options that are not seen: `{ ...config, debug: true }`. */
  partial?: true;
  /** The driver's, where it is imported from a package for one database. */
  dialect?: Dialect;
  strategy: 'underscore' | 'entity-case' | 'unknown';
  /** Where types come from that no decorator gives. */
  provider: 'reflect' | 'ts-morph' | 'unknown' | 'default';
  /** Names of columns of embedded classes in embedded classes. */
  prefixMode?: 'absolute' | 'relative';
  /** Initial values of properties are no defaults. */
  keepsInitialValues?: true;
  /** `false` where it is turned off. */
  transactional?: boolean | 'unknown';
  allOrNothing?: boolean | 'unknown';
  deleteRule?: string;
  updateRule?: string;
}

const driverDialects: { [driver: string]: Dialect } = {
  postgresql: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mariadb',
  sqlite: 'sqlite',
  'better-sqlite': 'sqlite',
  libsql: 'sqlite',
  mssql: 'tsql',
  oracledb: 'oracle',
};

/** `defineConfig({…})`, `MikroORM.init({…})`, `new MikroORM({…})`, `MikroOrmModule.forRoot({…})`, `const config: Options = {…}`. */
export function settingsOf(unit: Unit): Settings[] {
  const found: Settings[] = [];
  for (const call of unit.calls) {
    const module = ts.isTaggedTemplateExpression(call) ? undefined : configured(call);
    const argument = module === undefined || ts.isTaggedTemplateExpression(call) ? undefined : call.arguments?.[0];
    if (argument) found.push(...read(evaluate(argument, unit.scope), module!, spanOf(call)));
  }
  for (const statement of unit.source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { type, initializer } of statement.declarationList.declarations) {
      const module = initializer && (optionsModule(type) ?? optionsModule(satisfied(initializer)));
      if (module !== undefined) found.push(...read(evaluate(initializer!, unit.scope), module, spanOf(initializer!)));
    }
  }
  return found;
}

/** Whether the file uses what only version 7 has. */
export function speaksVersion7(unit: Unit): boolean {
  if (/['"]@mikro-orm\/(?:decorators\/|sql['"]|oracledb)/.test(unit.text)) return true;
  return unit.calls.some((call) => ts.isNewExpression(call) && isMikro(originOf(call.expression), 'MikroORM'));
}

function configured(call: ts.CallExpression | ts.NewExpression): string | undefined {
  const origin = originOf(call.expression);
  if (origin && isMikro(origin, 'defineConfig', 'MikroORM')) return origin.module;
  const callee = bare(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  const owner = originOf(callee.expression);
  const isConfig =
    (isMikro(owner, 'MikroORM') && /^init(?:Sync)?$/.test(callee.name.text)) ||
    (isMikro(owner, 'MikroOrmModule') && callee.name.text === 'forRoot');
  return isConfig ? owner!.module : undefined;
}

/** `Options` or `Options<PostgreSqlDriver>`. */
function optionsModule(type: ts.TypeNode | undefined): string | undefined {
  if (!type || !ts.isTypeReferenceNode(type)) return undefined;
  const origin = originOf(type.typeName);
  if (!origin || !isMikro(origin, 'Options', 'MikroOrmModuleOptions')) return undefined;
  const [driver] = type.typeArguments ?? [];
  const of = driver && ts.isTypeReferenceNode(driver) ? originOf(driver.typeName) : undefined;
  return of?.module ?? origin.module;
}

function satisfied(node: ts.Expression): ts.TypeNode | undefined {
  return ts.isSatisfiesExpression(node) || ts.isAsExpression(node) ? node.type : undefined;
}

function read(options: Value, module: string, span: Span): Settings[] {
  if (options.kind !== 'object') return [];
  const driver = property(options, 'driver');
  const of = driver?.kind === 'reference' ? (driver.module ?? module) : module;
  const dialect =
    driverDialects[of.slice('@mikro-orm/'.length)] ?? driverDialects[textOf(property(options, 'type')) ?? ''];
  const migrations = property(options, 'migrations');
  const generator = property(options, 'schemaGenerator');
  const transactional = migrations && truthGiven(migrations, 'transactional');
  const allOrNothing = migrations && truthGiven(migrations, 'allOrNothing');
  const mode = textOf(property(property(options, 'embeddables'), 'prefixMode'));
  const deleteRule = textOf(property(generator, 'defaultDeleteRule'));
  const updateRule = textOf(property(generator, 'defaultUpdateRule'));
  return [
    {
      span,
      ...(!options.complete && { partial: true as const }),
      ...(dialect && { dialect }),
      strategy: strategyOf(property(options, 'namingStrategy'), options.complete),
      provider: providerOf(property(options, 'metadataProvider'), options.complete),
      ...((mode === 'absolute' || mode === 'relative') && { prefixMode: mode }),
      ...(scalarOf(property(property(options, 'discovery'), 'inferDefaultValues')) === false && {
        keepsInitialValues: true as const,
      }),
      ...(transactional !== undefined && { transactional }),
      ...(allOrNothing !== undefined && { allOrNothing }),
      ...(deleteRule !== undefined && { deleteRule }),
      ...(updateRule !== undefined && { updateRule }),
    },
  ];
}

function strategyOf(value: Value | undefined, complete: boolean): Settings['strategy'] {
  if (!value || value.kind === 'undefined') return complete ? 'underscore' : 'unknown';
  const origin = originOfValue(value);
  if (isMikro(origin, 'UnderscoreNamingStrategy')) return 'underscore';
  return isMikro(origin, 'EntityCaseNamingStrategy') ? 'entity-case' : 'unknown';
}

function providerOf(value: Value | undefined, complete: boolean): Settings['provider'] {
  if (!value || value.kind === 'undefined') return complete ? 'default' : 'unknown';
  const origin = originOfValue(value);
  if (isMikro(origin, 'ReflectMetadataProvider')) return 'reflect';
  return isMikro(origin, 'TsMorphMetadataProvider') ? 'ts-morph' : 'unknown';
}

const originOfValue = (value: Value): { module: string; name: string } | undefined =>
  value.kind === 'reference' && value.module !== undefined
    ? { module: value.module, name: value.name }
    : value.kind === 'made'
      ? value.origin
      : undefined;
