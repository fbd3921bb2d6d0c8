import { ts } from 'ts-morph';
import { exportOf } from '../injection/exports.js';
import { bare, nameText } from '../syntax.js';
import type { Unit } from '../unit.js';
import { declarationOf } from '../values/bindings.js';
import { evaluate } from '../values/evaluate.js';
import { property, scalarOf } from '../values/values.js';
import type { CamelCase } from './camel-case.js';

/** What a `Migrator` is told. */
export interface MigratorRecord {
  disableTransactions?: true;
  /** The Kysely instance that runs the migrations writes names in another case. */
  camelCase?: CamelCase;
}

/** What one file says of migrations in other files: plain JSON. */
export interface KyselyDeclarations {
  migrators: MigratorRecord[];
  /** The names that the migrations of other files go by, by the module: `export * as _001 from './001-init'`. */
  names: { [module: string]: string };
}

export function declarationsOf(unit: Unit): KyselyDeclarations | undefined {
  const migrators = unit.mentions('kysely') ? migratorsOf(unit) : [];
  const names = /(?:^|\/)(?:index|migrations?)\.\w+$/.test(unit.path) ? namesOf(unit.source) : {};
  return migrators.length + Object.keys(names).length > 0 ? { migrators, names } : undefined;
}

function migratorsOf({ calls, scope }: Unit): MigratorRecord[] {
  return calls.flatMap((call): MigratorRecord[] => {
    if (!isNew(call, 'Migrator')) return [];
    const options = call.arguments?.[0];
    const free = options && scalarOf(property(evaluate(options, scope), 'disableTransactions'));
    const db = options && instanceOf(options);
    const plugin = db && pluginOf(db);
    const given = plugin?.arguments?.[0] && evaluate(plugin.arguments[0], scope);
    const flag = (name: keyof CamelCase): boolean => scalarOf(property(given, name)) === true;
    return [
      {
        ...(free === true && { disableTransactions: true as const }),
        ...(plugin && {
          camelCase: {
            upperCase: flag('upperCase'),
            underscoreBeforeDigits: flag('underscoreBeforeDigits'),
            underscoreBetweenUppercaseLetters: flag('underscoreBetweenUppercaseLetters'),
          },
        }),
      },
    ];
  });
}

function isNew(node: ts.Node, name: string): node is ts.NewExpression {
  if (!ts.isNewExpression(node)) return false;
  const origin = exportOf(node.expression);
  return origin?.module === 'kysely' && origin.name === name;
}

/** The `new Kysely(…)` behind the `db` of a migrator, where it stands in the same file. */
function instanceOf(options: ts.Expression): ts.Expression | undefined {
  const object = bare(options);
  if (!ts.isObjectLiteralExpression(object)) return undefined;
  const db = object.properties.find((each) => each.name && nameText(each.name) === 'db');
  const value =
    db &&
    (ts.isPropertyAssignment(db) ? bare(db.initializer) : ts.isShorthandPropertyAssignment(db) ? db.name : undefined);
  if (!value || !ts.isIdentifier(value)) return value;
  const declaration = declarationOf(value.text, value);
  return declaration?.kind === 'variable' && declaration.path.length === 0 ? declaration.node.initializer : undefined;
}

/** `new CamelCasePlugin(…)` among the plugins of an instance. */
function pluginOf(instance: ts.Expression): ts.NewExpression | undefined {
  let found: ts.NewExpression | undefined;
  const look = (node: ts.Node, depth: number): void => {
    if (isNew(node, 'CamelCasePlugin')) found = node;
    if (depth < 8 && !found) ts.forEachChild(node, (child) => look(child, depth + 1));
  };
  look(instance, 0);
  return found;
}

/** `export * as _001 from './001-init'`, and `import * as init from './001-init'` in `{ '001': init }`. */
function namesOf(source: ts.SourceFile): { [module: string]: string } {
  const names: { [module: string]: string } = {};
  const imported = new Map<string, string>();
  for (const statement of source.statements) {
    const module = moduleOf(statement);
    if (module === undefined) continue;
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamespaceExport(statement.exportClause))
      names[module] = statement.exportClause.name.text;
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    if (bindings && ts.isNamespaceImport(bindings)) imported.set(bindings.name.text, module);
  }
  for (const object of imported.size > 0 ? objectsOf(source) : []) {
    for (const each of object.properties) {
      const key = each.name && nameText(each.name);
      const value = ts.isPropertyAssignment(each)
        ? bare(each.initializer)
        : ts.isShorthandPropertyAssignment(each)
          ? each.name
          : undefined;
      const module = value && ts.isIdentifier(value) ? imported.get(value.text) : undefined;
      if (key !== undefined && module !== undefined) names[module] = key;
    }
  }
  return names;
}

function moduleOf(statement: ts.Statement): string | undefined {
  const specifier =
    ts.isExportDeclaration(statement) || ts.isImportDeclaration(statement) ? statement.moduleSpecifier : undefined;
  return specifier && ts.isStringLiteral(specifier) ? specifier.text : undefined;
}

/** Objects that are exported by default, or that a constant at the top of the file holds. */
function objectsOf(source: ts.SourceFile): ts.ObjectLiteralExpression[] {
  return source.statements
    .flatMap((statement): ts.Expression[] => {
      if (ts.isExportAssignment(statement)) return [statement.expression];
      if (!ts.isVariableStatement(statement)) return [];
      return statement.declarationList.declarations.flatMap(({ initializer }) => (initializer ? [initializer] : []));
    })
    .map(bare)
    .filter(ts.isObjectLiteralExpression);
}
