import { ts } from 'ts-morph';
import type { FileFacts, Migration, MigrationBody } from '../../../ir/index.js';
import { readHalf } from '../migration-half.js';
import { exportedFunction, exportsOf } from '../exported-functions.js';
import type { Library } from '../library.js';
import { spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { bind } from '../values/scope.js';
import { callback, driver, DriverReader } from './body.js';

/** Migrations of db-migrate: files that export `up` in a folder of theirs. */
export const dbMigrate: Library = {
  name: 'db-migrate',
  read(unit, facts) {
    if (unit.context.migrations?.runner !== 'db-migrate') return;
    const exported = exportsOf(unit.source);
    const up = exportedFunction(exported.get('up'));
    if (up) facts.migrations.push(migrationOf(up, exportedFunction(exported.get('down')), unit, facts));
  },
};

function migrationOf(
  up: ts.FunctionLikeDeclaration,
  down: ts.FunctionLikeDeclaration | undefined,
  unit: Unit,
  facts: FileFacts,
): Migration {
  const file = unit.path.slice(unit.path.lastIndexOf('/') + 1);
  const end = unit.text.trimEnd().length;
  return {
    id: file.replace(/\.[^.]+$/, ''),
    history: unit.context.migrations?.path ?? '',
    runner: 'db-migrate',
    dependsOn: [],
    branchLabels: [],
    order: [file],
    transaction: 'each',
    up: bodyOf(up, unit, facts),
    down: down ? bodyOf(down, unit, facts) : { state: 'missing', steps: [], span: { start: end, end } },
    span: spanOf(up.name ?? up),
  };
}

function bodyOf(declared: ts.FunctionLikeDeclaration, unit: Unit, facts: FileFacts): MigrationBody {
  const span = spanOf(declared.body ?? declared);
  const [db, done] = declared.parameters.map(({ name }) => name);
  const scope = bind(unit.scope, [
    ...(db && ts.isIdentifier(db) ? [[db, driver(span)] as const] : []),
    ...(done && ts.isIdentifier(done) ? [[done, callback(span)] as const] : []),
  ]);
  return readHalf(declared, scope, new DriverReader({ dialect: unit.context.dialect, text: unit.text }, facts.usages));
}
