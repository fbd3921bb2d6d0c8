import { ts } from 'ts-morph';
import type { Anchor, FileFacts, Migration, MigrationBody, Usage } from '../../../ir/index.js';
import { readHalf } from '../migration-half.js';
import { exportedFunction, exportsOf } from '../exported-functions.js';
import { exportOf } from '../injection/exports.js';
import { hasModifier, nameText, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { bind } from '../values/scope.js';
import { KyselyReader } from './body.js';
import { handle } from './handle.js';

interface Halves {
  up: ts.FunctionLikeDeclaration;
  down: ts.FunctionLikeDeclaration | undefined;
  name: string;
}

/**
 * The migrations of a file: it exports `up`, whose parameter is typed as Kysely or which stands in a folder of Kysely
 * migrations; or it holds objects of `up` and `down` by their names.
 */
export function kyselyMigrations(unit: Unit, facts: FileFacts): void {
  const exported = exportsOf(unit.source);
  const up = exportedFunction(exported.get('up'));
  const file = unit.path.slice(unit.path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
  const found: Halves[] =
    up && isKysely(up, unit)
      ? [{ up, down: exportedFunction(exported.get('down')), name: file }]
      : unit.mentions('kysely')
        ? inObjects(unit)
        : [];
  for (const halves of found) {
    const { migration, usages } = readMigration(halves, unit);
    facts.migrations.push(migration);
    facts.usages.push(...usages);
  }
}

function isKysely(up: ts.FunctionLikeDeclaration, { context }: Unit): boolean {
  if (isTyped(up)) return true;
  return context.migrations?.runner === 'kysely' && up.parameters.length > 0 && up.parameters[0]?.type === undefined;
}

function isTyped(up: ts.FunctionLikeDeclaration): boolean {
  const type = up.parameters[0]?.type;
  const origin = type && ts.isTypeReferenceNode(type) ? exportOf(type.typeName) : undefined;
  return origin?.module === 'kysely' && /^(?:Kysely|Transaction)$/.test(origin.name);
}

/** `{ '001': { async up(db: Kysely<any>) { … } } }`, as a provider in code hands them out. */
function inObjects(unit: Unit): Halves[] {
  const found: Halves[] = [];
  const visitNode = (node: ts.Node, depth: number): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const half = (name: string): ts.FunctionLikeDeclaration | undefined => {
        const member = node.properties.find((each) => each.name && nameText(each.name) === name);
        if (!member) return undefined;
        if (ts.isMethodDeclaration(member)) return member;
        return ts.isPropertyAssignment(member) ? exportedFunction(member.initializer) : undefined;
      };
      const up = half('up');
      const name = nameOf(node);
      if (up && isTyped(up) && name !== undefined) {
        found.push({ up, down: half('down'), name });
        return;
      }
    }
    if (depth < 12) ts.forEachChild(node, (child) => visitNode(child, depth + 1));
  };
  for (const statement of unit.source.statements) visitNode(statement, 0);
  return found;
}

/** The key of an object in an object or on `migrations['001'] = {…}`, or the constant that holds it. */
function nameOf({ parent }: ts.ObjectLiteralExpression): string | undefined {
  if (ts.isPropertyAssignment(parent)) return nameText(parent.name);
  if (ts.isVariableDeclaration(parent)) return nameText(parent.name);
  if (ts.isBinaryExpression(parent) && ts.isElementAccessExpression(parent.left))
    return nameText(parent.left.argumentExpression);
  return undefined;
}

function readMigration({ up, down, name }: Halves, unit: Unit): { migration: Migration; usages: Usage[] } {
  const upBody = readBody(up, unit);
  const downBody = down && readBody(down, unit);
  const end = ts.isSourceFile(up.parent) ? unit.text.trimEnd().length : up.getEnd();
  const migration: Migration = {
    id: name,
    history: unit.context.migrations?.path ?? unit.path.replace(/\/?[^/]*$/, ''),
    runner: 'kysely',
    dependsOn: [],
    branchLabels: [],
    order: [name],
    transaction: 'all',
    up: upBody.body,
    down: downBody?.body ?? { state: 'missing', steps: [], span: { start: end, end } },
    span: spanOf(up.name ?? up),
    anchor: anchorOf(up, down),
  };
  return { migration, usages: [...upBody.usages, ...(downBody?.usages ?? [])] };
}

/** Where the pen finds the statement that exports `up`, its body and the name of its parameter, and a `down` to replace. */
function anchorOf(up: ts.FunctionLikeDeclaration, down: ts.FunctionLikeDeclaration | undefined): Anchor {
  const parameter = up.parameters[0]?.name;
  const given = down?.parameters[0]?.name;
  const isExported = ts.isFunctionDeclaration(up) && hasModifier(up, ts.SyntaxKind.ExportKeyword);
  return {
    span: spanOf(up),
    indent: '',
    lists: {},
    points: {
      ...(isExported && { upStart: up.getStart(), upEnd: up.getEnd() }),
      ...(up.body && { upBody: up.body.getStart() }),
      ...(parameter && ts.isIdentifier(parameter) && { dbStart: parameter.getStart(), dbEnd: parameter.getEnd() }),
      ...(down?.body && { downBody: down.body.getStart(), downEnd: down.body.getEnd() }),
      ...(given && ts.isIdentifier(given) && { downDbStart: given.getStart(), downDbEnd: given.getEnd() }),
    },
  };
}

function readBody(declared: ts.FunctionLikeDeclaration, unit: Unit): { body: MigrationBody; usages: readonly Usage[] } {
  const dialect = unit.context.dialect;
  // MySQL commits each change of the schema by itself: the Migrator opens no transaction there.
  const isTransactional = dialect !== 'mysql' && dialect !== 'mariadb';
  const reader = new KyselyReader(dialect, isTransactional ? 'yes' : 'no');
  const parameter = declared.parameters[0]?.name;
  const given = handle(spanOf(declared.body ?? declared));
  const scope = parameter && ts.isIdentifier(parameter) ? bind(unit.scope, [[parameter, given]]) : unit.scope;
  return { body: readHalf(declared, scope, reader), usages: reader.usages };
}
