import { ts } from 'ts-morph';
import type { Anchor, FileFacts, Migration, TransactionState } from '../../../ir/index.js';
import { readHalf } from '../migration-half.js';
import { memberFunction } from '../methods.js';
import { originOf } from '../linking/imports.js';
import { bare, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { declarationOf } from '../values/bindings.js';
import { evaluate } from '../values/evaluate.js';
import { MigrationReader } from './migration-body.js';
import { isMikro } from './modules.js';

/** The migrations of a file: classes that extend `Migration`, by however many classes of the file in between. */
export function mikroMigrations(unit: Unit, facts: FileFacts): void {
  for (const node of unit.classes) {
    const up = methodOf(node, 'up');
    if (up && isMigration(node, unit)) facts.migrations.push(readMigration(node, up, unit));
  }
}

const maxBases = 8;

/** The class itself and those of the file that it extends, the nearest first; then what the last one extends. */
function lineage(node: ts.ClassLikeDeclaration): { classes: ts.ClassLikeDeclaration[]; base?: ts.Expression } {
  const classes = [node];
  for (;;) {
    const clause = classes.at(-1)!.heritageClauses?.find((each) => each.token === ts.SyntaxKind.ExtendsKeyword);
    const base = clause?.types[0] && bare(clause.types[0].expression);
    const found = base && ts.isIdentifier(base) ? declarationOf(base.text, base) : undefined;
    if (found?.kind === 'class' && !classes.includes(found.node) && classes.length < maxBases) classes.push(found.node);
    else return { classes, ...(base && { base }) };
  }
}

/** A base class of another file is believed in a folder of MikroORM's migrations alone. */
function isMigration(node: ts.ClassLikeDeclaration, unit: Unit): boolean {
  if (node.modifiers?.some((each) => each.kind === ts.SyntaxKind.AbstractKeyword)) return false;
  const { base } = lineage(node);
  const origin = base && originOf(base);
  if (origin && isMikro(origin, 'Migration')) return true;
  return origin !== undefined && unit.context.migrations?.runner === 'mikro-orm';
}

/** A method, also one that the class has from another class of the file. */
function methodOf(node: ts.ClassLikeDeclaration, name: string): ts.FunctionLikeDeclaration | undefined {
  for (const each of lineage(node).classes) {
    const found = memberFunction(each, name);
    if (found) return found;
  }
  return undefined;
}

function readMigration(node: ts.ClassLikeDeclaration, up: ts.FunctionLikeDeclaration, unit: Unit): Migration {
  const inTransaction = transactionOf(node, unit);
  const down = methodOf(node, 'down');
  const end = node.getEnd() - 1;
  return {
    id: node.name?.text ?? fileName(unit.path),
    history: unit.context.migrations?.path ?? unit.path.replace(/\/?[^/]*$/, ''),
    runner: 'mikro-orm',
    dependsOn: [],
    branchLabels: [],
    order: [fileName(unit.path)],
    transaction: inTransaction === 'no' ? 'none' : 'all',
    up: readHalf(up, unit.scope, new MigrationReader(unit.context.dialect, inTransaction)),
    down: down
      ? readHalf(down, unit.scope, new MigrationReader(unit.context.dialect, inTransaction))
      : { state: 'missing', steps: [], span: { start: end, end } },
    span: spanOf(node.name ?? node),
    ...(ts.isMethodDeclaration(up) && up.body && up.parent === node && { anchor: anchorOf(node, up, up.body, down) }),
  };
}

/** Migrations run in the order of their files' names. */
const fileName = (path: string): string => path.replace(/^.*\//, '').replace(/\.[mc]?[jt]s$/, '');

/** `isTransactional() { return false; }` takes a migration out of the runner's transaction. */
function transactionOf(node: ts.ClassLikeDeclaration, unit: Unit): TransactionState {
  const body = methodOf(node, 'isTransactional')?.body;
  if (body === undefined) return 'yes';
  const returned = ts.isBlock(body) ? onlyReturned(body) : body;
  const value = returned && evaluate(returned, unit.scope);
  if (value?.kind !== 'known') return 'unknown';
  return value.value === false ? 'no' : 'yes';
}

function onlyReturned({ statements }: ts.Block): ts.Expression | undefined {
  const [first] = statements;
  return statements.length === 1 && first && ts.isReturnStatement(first) ? first.expression : undefined;
}

/** Where the pen finds the head of `up`, and a `down` to replace. */
function anchorOf(
  node: ts.ClassLikeDeclaration,
  up: ts.MethodDeclaration,
  body: ts.Block,
  down: ts.FunctionLikeDeclaration | undefined,
): Anchor {
  return {
    span: spanOf(node),
    indent: '',
    lists: {},
    points: {
      upStart: up.getStart(),
      upName: up.name.getStart(),
      upBody: body.getStart(),
      ...(down && ts.isMethodDeclaration(down) && down.parent === node && { downStart: down.getStart() }),
    },
  };
}
