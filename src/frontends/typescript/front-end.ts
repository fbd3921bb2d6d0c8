import type { FrontEnd } from '../front-end.js';
import { mentionsOwnCode } from './own-code.js';
import { namesOfSettings } from './settings/names.js';

/** Module specifiers of the libraries that ddlint reads or watches. */
const libraries =
  /['"](?:typeorm|typeorm-naming-strategies|@nestjs\/typeorm|pg(?:-\w+)*|mysql2?|mysql2\/promise|mariadb|mssql|tedious|oracledb|postgres|slonik(?:-\w+)*|(?:node|bun):sqlite|better-sqlite3|sqlite3?|@libsql\/client|@neondatabase\/serverless|knex|objection|db-migrate|sequelize|sequelize-typescript|kysely|drizzle-orm|drizzle-kit|sql-template-tag|(?:@mikro-orm|@sequelize|@prisma|@nearform|@databases)\/[\w-]+)['"/]/;

/** Words that code of theirs has even where it imports a handle of the project. */
const words =
  /@(?:Entity|Column|PrimaryColumn)\b|\bstatic\s+(?:readonly\s+|get\s+)?(?:tableName|relationMappings)\b|\b(?:MigrationInterface|queryRunner|queryInterface|DataTypes|createQueryBuilder|deleteFrom|updateTable)\b|\$(?:query|execute)Raw(?:Unsafe)?\b|\bsequelize\.(?:define|sync)\(|\bprisma\.\w+\.create\(|\b(?:db|tx|trx|database)\s*\.(?:delete|update|insert)\(\s*[A-Za-z]|\.(?:where|andWhere|orWhere|orderBy|having|join|groupBy|from)Raw\b/;

/** A file that says how Knex runs migrations: by its name, or as a source of migrations. */
const setsUpKnex = (path: string, text: string): boolean =>
  /(?:^|\/)knexfile[^/]*$/.test(path) || text.includes('getMigrationName');

/** SQL text at the start of a literal, and a call that may send it. */
const sendsText = /\.(?:query|execute|raw|exec|prepare|run|all|unsafe)\s*(?:<|\()/;
const statement =
  /['"`]\s*(?:select|insert|update|delete|with|merge|create|alter|drop|truncate|grant|revoke|comment|call)\s/i;

/** Declarations of types, and what a packager writes: no one runs a query there. */
const unwritten = /\.d\.[mc]?ts$|\.min\.[mc]?js$|(?:^|\/)\.pnp\.(?:loader\.m|c)?js$/;

/** TypeScript and JavaScript. */
export const typescript: FrontEnd = {
  id: 'typescript',
  extensions: ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'],
  names: namesOfSettings,
  maxLength: 2_000_000,
  mayMatter(file, context) {
    // Settings speak of the code beside them, which asks for them.
    if (unwritten.test(file.path) || namesOfSettings.test(file.path)) return false;
    return (
      context.migrations !== undefined ||
      (context.ownCode !== undefined && mentionsOwnCode(file.text, context.ownCode)) ||
      libraries.test(file.text) ||
      words.test(file.text) ||
      setsUpKnex(file.path, file.text) ||
      (sendsText.test(file.text) && statement.test(file.text))
    );
  },
  async load() {
    const { reader } = await import('./reader.js');
    return reader;
  },
  async loadPen() {
    const { pen } = await import('./authoring/pen.js');
    return pen;
  },
};
