import { ts } from 'ts-morph';
import { exportsOf } from '../exported-functions.js';
import { bare, nameText } from '../syntax.js';
import type { Unit } from '../unit.js';
import { declarationOf } from '../values/bindings.js';
import { evaluate } from '../values/evaluate.js';
import type { Scope } from '../values/scope.js';
import { property, scalarOf, type Value } from '../values/values.js';

/** What a file says of how Knex runs migrations. Plain JSON. */
export interface KnexSettings {
  disableTransactions?: true;
  /** A source of the project's own sorts by versions: `2.10.0` behind `2.9.0`. */
  byVersion?: true;
}

/** The options of a knexfile: those that it exports, or those of each environment. */
export function knexfileOptions(unit: Unit): ts.ObjectLiteralExpression[] {
  if (!/(?:^|\/)knexfile(?:\.\w+)*\.[cm]?[jt]s$/.test(unit.path)) return [];
  const exported = exportsOf(unit.source);
  const whole = exported.get('default');
  const wholes = whole && ts.isExpression(whole) ? objectBehind(whole) : undefined;
  const named = [...exported].flatMap(([name, value]) =>
    name !== 'default' && ts.isExpression(value) ? (objectBehind(value) ?? []) : [],
  );
  const inside = (wholes ?? []).flatMap((object) =>
    object.properties.flatMap((each) => (ts.isPropertyAssignment(each) ? (objectBehind(each.initializer) ?? []) : [])),
  );
  return [...new Set([...(wholes ?? []), ...named, ...inside])].filter((object) =>
    object.properties.some((each) => /^(?:client|dialect)$/.test(nameText(each.name) ?? '')),
  );
}

function objectBehind(expression: ts.Expression): ts.ObjectLiteralExpression[] | undefined {
  const node = bare(expression);
  if (ts.isObjectLiteralExpression(node)) return [node];
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = declarationOf(node.text, node);
  const value = declaration?.kind === 'variable' && declaration.path.length === 0 && declaration.node.initializer;
  const object = value && bare(value);
  return object && ts.isObjectLiteralExpression(object) ? [object] : undefined;
}

/** What the knexfile, `knex({ migrations })`, `migrate.latest({ … })` and sources of migrations of a file say. */
export function knexSettings(unit: Unit): KnexSettings | undefined {
  const settings: KnexSettings = {};
  const read = (migrations: Value | undefined): void => {
    if (scalarOf(property(migrations, 'disableTransactions')) === true) settings.disableTransactions = true;
  };
  for (const object of knexfileOptions(unit)) read(property(evaluate(object, unit.scope), 'migrations'));
  if (unit.mentions('knex')) {
    for (const call of unit.calls) {
      const [first] = ts.isCallExpression(call) ? call.arguments : [];
      if (!ts.isCallExpression(call) || !first) continue;
      const callee = bare(call.expression);
      const migrates =
        ts.isPropertyAccessExpression(callee) &&
        /^(?:latest|up|down|rollback)$/.test(callee.name.text) &&
        /\bmigrate$/.test(callee.expression.getText());
      if (migrates) read(evaluate(first, unit.scope));
      else if (ts.isIdentifier(callee)) read(property(evaluate(first, unit.scope), 'migrations'));
    }
  }
  if (sortsByVersion(unit)) settings.byVersion = true;
  return Object.keys(settings).length > 0 ? settings : undefined;
}

/** A source of migrations (`getMigrations`, `getMigrationName`, `getMigration`) that sorts with `semver.compare`. */
function sortsByVersion(unit: Unit): boolean {
  if (!/\bgetMigrationName\b/.test(unit.text)) return false;
  return unit.calls.some((call) => {
    const [first] = ts.isCallExpression(call) ? call.arguments : [];
    if (!ts.isCallExpression(call) || !first || !ts.isPropertyAccessExpression(call.expression)) return false;
    return call.expression.name.text === 'sort' && isSemverCompare(first, unit.scope);
  });
}

function isSemverCompare(node: ts.Expression, scope: Scope): boolean {
  const value = evaluate(node, scope);
  if (value.kind !== 'reference' || value.module === undefined) return false;
  const names = [value.name, ...value.path];
  return /^(?:semver|compare-versions)(?:\/|$)/.test(value.module) && /compare/i.test(names.join('.') + value.module);
}

/** A version as an order key; a pre-release stands before its release. Nothing for other names. */
export function versionOrder(file: string): (number | string)[] | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(?:-([\w.-]+?))?(?:\.[cm]?[jt]s)$/.exec(file);
  if (!match) return undefined;
  const [, major, minor, patch, before] = match;
  const parts = (before?.split('.') ?? []).map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return [Number(major), Number(minor), Number(patch), before === undefined ? 1 : 0, ...parts];
}
