import { ts } from 'ts-morph';
import type { Anchor, FileFacts, Migration, MigrationBody, Span } from '../../../ir/index.js';
import { readHalf } from '../migration-half.js';
import { exportedFunction, exportsOf } from '../exported-functions.js';
import { isFrom, originOf } from '../linking/imports.js';
import { spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { bind, type Scope } from '../values/scope.js';
import { bindPattern } from '../values/evaluate.js';
import { handle, library } from './handles.js';
import { QueryInterfaceReader } from './migration-body.js';

/**
 * The migration of a file: it exports `up` in a folder of Sequelize migrations, or `up` takes what is typed as
 * QueryInterface.
 */
export function sequelizeMigrations(unit: Unit, facts: FileFacts): void {
  const exported = exportsOf(unit.source);
  const up = exportedFunction(exported.get('up'));
  if (!up || !isOurs(up, unit)) return;
  const down = exportedFunction(exported.get('down'));
  const end = unit.text.trimEnd().length;
  const file = unit.path.slice(unit.path.lastIndexOf('/') + 1);
  const migration: Migration = {
    id: file.replace(/\.[^.]+$/, ''),
    history: unit.context.migrations?.path ?? unit.path.replace(/\/?[^/]*$/, ''),
    runner: 'sequelize',
    dependsOn: [],
    branchLabels: [],
    order: [file],
    transaction: 'none',
    up: readBody(up, unit, facts),
    down: down ? readBody(down, unit, facts) : { state: 'missing', steps: [], span: { start: end, end } },
    span: spanOf(up.name ?? up),
    anchor: anchorOf(up, down),
  };
  facts.migrations.push(migration);
}

function isOurs(up: ts.FunctionLikeDeclaration, { context }: Unit): boolean {
  const type = up.parameters[0]?.type;
  const isTyped =
    type &&
    ts.isTypeReferenceNode(type) &&
    ['sequelize', '@sequelize/core'].some((name) => isFrom(originOf(type.typeName), name, 'QueryInterface'));
  return isTyped === true || context.migrations?.runner === 'sequelize';
}

/** Where the pen finds `up`, its body and the name of its parameter, and a `down` to replace. */
function anchorOf(up: ts.FunctionLikeDeclaration, down: ts.FunctionLikeDeclaration | undefined): Anchor {
  const parameter = up.parameters[0]?.name;
  return {
    span: spanOf(up),
    indent: '',
    lists: {},
    points: {
      upStart: up.getStart(),
      upEnd: up.getEnd(),
      ...(up.body && { upBody: up.body.getStart() }),
      ...(parameter && ts.isIdentifier(parameter) && { apiStart: parameter.getStart(), apiEnd: parameter.getEnd() }),
      ...(down?.body && { downBody: down.body.getStart(), downEnd: down.body.getEnd() }),
    },
  };
}

function readBody(declared: ts.FunctionLikeDeclaration, unit: Unit, facts: FileFacts): MigrationBody {
  const scope = scopeOf(declared, unit.scope, spanOf(declared.body ?? declared));
  return readHalf(declared, scope, new QueryInterfaceReader(unit.context.dialect, facts.usages));
}

/** Parameters by position: the query interface, the package, and what a runner of the project's own adds. */
function scopeOf({ parameters }: ts.FunctionLikeDeclaration, scope: Scope, span: Span): Scope {
  const given = parameters.flatMap(({ name }, index) => {
    const value =
      index === 0 ? handle('(query interface)', span) : index === 1 ? library(span) : handle('(parameter)', span);
    return bindPattern(name, value, scope);
  });
  return bind(scope, given);
}
