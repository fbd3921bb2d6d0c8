import { ts } from 'ts-morph';
import { declarationOf, type Declaration } from '../values/bindings.js';
import { ownCodeAt } from '../own-code.js';
import { bare } from '../syntax.js';
import type { Origin } from '../values/values.js';

/**
 * Where an expression such as `Column`, `orm.Column` or a type name comes from: resolved through this file's imports,
 * never by its bare name. Re-exports of project files are followed when files are linked.
 */
export function originOf(node: ts.Expression | ts.EntityName): Origin | undefined {
  const names: string[] = [];
  let at: ts.Node = ts.isQualifiedName(node) || ts.isIdentifier(node) ? node : bare(node as ts.Expression);
  for (;;) {
    if (ts.isPropertyAccessExpression(at)) {
      names.unshift(at.name.text);
      at = bare(at.expression);
    } else if (ts.isQualifiedName(at)) {
      names.unshift(at.right.text);
      at = at.left;
    } else break;
  }
  if (!ts.isIdentifier(at)) return undefined;
  const declaration = declarationOf(at.text, at);
  if (declaration?.kind === 'import') {
    const origin = memberOrigin(declaration.origin, names);
    return origin && (ownCodeAt(at)?.read(origin) ?? origin);
  }
  return declaration?.kind === 'variable' ? destructuredOrigin(declaration, names) : undefined;
}

/** `const { Pool } = pg` where `pg` is imported. */
function destructuredOrigin(
  { node, path, constant }: Extract<Declaration, { kind: 'variable' }>,
  names: readonly string[],
): Origin | undefined {
  const from = node.initializer && bare(node.initializer);
  if (!constant || path.length === 0 || !from || !ts.isIdentifier(from)) return undefined;
  const declaration = declarationOf(from.text, from);
  return declaration?.kind === 'import' ? memberOrigin(declaration.origin, [...path.map(String), ...names]) : undefined;
}

/** The origin of `a.b` where `a` is imported: `import * as orm` and CommonJS defaults make `orm.Column` the export `Column`. */
export function memberOrigin(origin: Origin, names: readonly string[]): Origin | undefined {
  if (names.length === 0) return origin;
  const [first, ...rest] = names;
  if (origin.name !== '*' && origin.name !== 'default') return undefined;
  return rest.length === 0 ? { module: origin.module, name: first! } : undefined;
}

export const isFrom = (origin: Origin | undefined, module: string, ...names: string[]): boolean =>
  origin?.module === module && (names.length === 0 || names.includes(origin.name));

/** Whether a module specifier can only name a file of the project, whatever its settings say. */
export const isProjectModule = (module: string): boolean => /^(?:\.|\/|@\/|~\/|src\/|#)/.test(module);

/** Packages that much code imports. Of others only the settings of the project tell whether they are its own. */
const packages =
  /^(?:node:|bun:|@(?:nestjs|mikro-orm|prisma|types|sequelize|aws-sdk|apollo|graphql-tools|trpc|hono)\/|(?:typeorm|drizzle-orm|drizzle-zod|sequelize|sequelize-typescript|knex|objection|kysely|slonik|postgres|pg|pg-format|mysql2?|better-sqlite3|sqlite3|db-migrate|umzug|reflect-metadata|tslib|rxjs|express|koa|fastify|hono|zod|lodash|lodash-es|uuid|nanoid|moment|dayjs|date-fns|axios|react|next|inversify|graphql|type-graphql|class-validator|class-transformer|bcrypt|bcryptjs|jsonwebtoken|ms|chalk|winston|pino|vitest|jest)(?:\/|$)|(?:assert|buffer|child_process|crypto|events|fs|http|https|module|net|os|path|process|stream|timers|url|util|worker_threads|zlib)(?:\/promises)?$)/;

/** Whether a module specifier may name a file of the project: by itself, or once settings are known. */
export const mayBeOfProject = (module: string): boolean => isProjectModule(module) || !packages.test(module);
