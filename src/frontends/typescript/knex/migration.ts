import { ts } from 'ts-morph';
import type { Anchor, FileFacts, Migration, MigrationBody, TransactionState } from '../../../ir/index.js';
import { readHalf } from '../migration-half.js';
import { exportedFunction, exportsOf, type Exported } from '../exported-functions.js';
import { isFrom, originOf } from '../linking/imports.js';
import { spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { bind } from '../values/scope.js';
import { evaluate } from '../values/evaluate.js';
import type { Value } from '../values/values.js';
import { KnexReader } from './body.js';
import { transactionOf } from './queries.js';
import { handle } from './values.js';

/** The migration of a file: it exports `up` in a folder of Knex migrations, or `up` takes what is typed as Knex. */
export function knexMigrations(unit: Unit, facts: FileFacts): void {
  const exported = exportsOf(unit.source);
  const up = exportedFunction(exported.get('up'));
  if (!up || !isKnex(up, unit)) return;
  facts.migrations.push(readMigration(up, exported, unit));
}

function isKnex(up: ts.FunctionLikeDeclaration, { context }: Unit): boolean {
  const type = up.parameters[0]?.type;
  const isTyped = type && ts.isTypeReferenceNode(type) && isFrom(originOf(type.typeName), 'knex');
  return isTyped === true || context.migrations?.runner === 'knex';
}

function readMigration(up: ts.FunctionLikeDeclaration, exported: ReadonlyMap<string, Exported>, unit: Unit): Migration {
  const down = exportedFunction(exported.get('down'));
  const config = exported.get('config');
  const chosen = config && ts.isExpression(config) ? transactionOf(evaluate(config, unit.scope)) : undefined;
  const inTransaction: TransactionState = chosen === false ? 'no' : 'yes';
  const end = unit.text.trimEnd().length;
  const anchor = anchorOf(down);
  const file = unit.path.slice(unit.path.lastIndexOf('/') + 1);
  return {
    id: file.replace(/\.[^.]+$/, ''),
    history: unit.context.migrations?.path ?? unit.path.replace(/\/?[^/]*$/, ''),
    runner: 'knex',
    dependsOn: [],
    branchLabels: [],
    order: [file],
    // `latest` runs all pending ones in one transaction; one that asks for its own gets it even where they are disabled.
    transaction: chosen === undefined ? 'all' : chosen ? 'each' : 'none',
    up: readBody(up, unit, inTransaction),
    down: down ? readBody(down, unit, inTransaction) : { state: 'missing', steps: [], span: { start: end, end } },
    span: spanOf(up.name ?? up),
    ...(anchor && { anchor }),
  };
}

/** Where the pen finds the body of `down`, and what it calls Knex. */
function anchorOf(down: ts.FunctionLikeDeclaration | undefined): Anchor | undefined {
  const parameter = down?.parameters[0]?.name;
  if (!down?.body || !parameter || !ts.isIdentifier(parameter)) return undefined;
  return {
    span: spanOf(down),
    indent: '',
    lists: {},
    points: { downBody: down.body.getStart(), downKnexStart: parameter.getStart(), downKnexEnd: parameter.getEnd() },
  };
}

function readBody(declared: ts.FunctionLikeDeclaration, unit: Unit, inTransaction: TransactionState): MigrationBody {
  const parameter = declared.parameters[0]?.name;
  const given = parameter ? bound(parameter, handle('instance', spanOf(declared.body ?? declared))) : [];
  return readHalf(declared, bind(unit.scope, given), new KnexReader(unit.context.dialect, inTransaction));
}

/** The parameter, also where it is taken apart: `({ schema }) => schema.createTable(…)`. */
function bound(name: ts.BindingName, value: Value): [ts.Node, Value][] {
  if (ts.isIdentifier(name)) return [[name, value]];
  return name.elements.flatMap((element): [ts.Node, Value][] => {
    if (!ts.isBindingElement(element) || !ts.isIdentifier(element.name) || value.kind !== 'reference') return [];
    const key = (element.propertyName ?? element.name).getText();
    return [[element.name, { ...value, path: [...value.path, key] }]];
  });
}
