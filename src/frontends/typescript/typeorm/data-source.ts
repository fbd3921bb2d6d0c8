import { evaluate } from '../values/evaluate.js';
import { isFrom, originOf } from '../linking/imports.js';
import { spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { property, scalarOf, textOf, type Value } from '../values/values.js';
import type { Span } from '../../../ir/index.js';
import { ts } from 'ts-morph';

/** What the configuration of a TypeORM connection says about its models and migrations. */
export interface DataSourceRecord {
  span: Span;
  /** The class given as `namingStrategy`; `default` where there is none, `unknown` for one that is not known. */
  strategy: 'default' | 'snake' | 'unknown';
  entityPrefix?: string;
  /** `uuidExtension` of a PostgreSQL connection. */
  uuidExtension?: string;
  transactions?: 'all' | 'each' | 'none';
  /** Where `synchronize: true` stands. */
  synchronize?: Span;
}

/** `new DataSource({…})`, `createConnection({…})`, `TypeOrmModule.forRoot({…})`. */
export function dataSourcesOf(unit: Unit): DataSourceRecord[] {
  if (!unit.mentions('typeorm') && !unit.mentions('@nestjs/typeorm')) return [];
  return unit.calls.flatMap((call) => {
    if (ts.isTaggedTemplateExpression(call) || !isDataSource(call)) return [];
    const argument = call.arguments?.[0];
    return argument ? [dataSource(evaluate(argument, unit.scope), spanOf(call))] : [];
  });
}

function isDataSource(call: ts.CallExpression | ts.NewExpression): boolean {
  const origin = originOf(call.expression);
  if (isFrom(origin, 'typeorm', 'DataSource', 'createConnection', 'Connection')) return true;
  const callee = call.expression;
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === 'forRoot' &&
    isFrom(originOf(callee.expression), '@nestjs/typeorm', 'TypeOrmModule')
  );
}

function dataSource(options: Value, span: Span): DataSourceRecord {
  const prefix = textOf(property(options, 'entityPrefix'));
  const extension = textOf(property(options, 'uuidExtension'));
  const mode = textOf(property(options, 'migrationsTransactionMode'));
  const synchronize =
    options.kind === 'object' ? options.entries.findLast((entry) => entry.key === 'synchronize') : undefined;
  return {
    span,
    strategy: strategyOf(property(options, 'namingStrategy')),
    ...(prefix !== undefined && { entityPrefix: prefix }),
    ...(extension !== undefined && { uuidExtension: extension }),
    ...((mode === 'all' || mode === 'each' || mode === 'none') && { transactions: mode }),
    ...(synchronize && scalarOf(synchronize.value) === true && { synchronize: synchronize.span }),
  };
}

function strategyOf(value: Value | undefined): DataSourceRecord['strategy'] {
  if (!value || value.kind === 'undefined') return 'default';
  if (value.kind !== 'made') return 'unknown';
  if (value.origin.module === 'typeorm-naming-strategies' && value.origin.name === 'SnakeNamingStrategy')
    return 'snake';
  return value.origin.module === 'typeorm' && value.origin.name === 'DefaultNamingStrategy' ? 'default' : 'unknown';
}
