import type { Migration, Name, QualifiedName, Dialect, Runner } from '../../ir/index.js';
import { sqlName } from '../remedies.js';
import { profileOf } from '../runners.js';

/** What stands around SQL text in the call that sends it. Migrations of the other runners are SQL. */
const calls: { readonly [R in Runner]?: readonly [head: string, tail: string] } = {
  alembic: ['op.execute("', '")'],
  typeorm: ["queryRunner.query('", "')"],
  'mikro-orm': ["this.addSql('", "')"],
  sequelize: ["queryInterface.sequelize.query('", "')"],
  knex: ["knex.raw('", "')"],
  kysely: ['sql`', '`.execute(db)'],
  'db-migrate': ["db.runSql('", "')"],
};

/** SQL as a migration of the runner sends it, for a message. */
export function sent(runner: Runner | undefined, sql: string): string {
  const [head, tail] = (runner && calls[runner]) ?? ['', ''];
  const quote = head.at(-1);
  if (quote === undefined || !sql.includes(quote)) return head + sql + tail;
  const other = quote === '"' ? "'" : '`';
  return head.slice(0, -1) + other + sql + other + tail.slice(1);
}

/** A table, with its schema, as SQL needs it written. */
export const inSql = ({ schema, name }: QualifiedName, dialect: Dialect): string =>
  [...(schema ? [schema] : []), name].map((part) => nameInSql(part, dialect)).join('.');

/** A name as SQL needs it written, and an ellipsis for one that is made at run time. */
export const nameInSql = (name: Name | undefined, dialect: Dialect): string =>
  name === undefined || name.unknown ? '…' : sqlName(name, dialect);

/** How a statement is run outside of a transaction by what runs a migration. */
export function outsideOf(migration: Migration | undefined): string {
  const { name, batch, transaction, optOut } = profileOf(migration?.runner);
  const alone = batch ? 'as the only statement of its migration' : '';
  if (transaction === 'statement' && batch) return alone;
  if (optOut !== undefined) return `outside of the transaction (${optOut})${batch ? `, ${alone}` : ''}`;
  return transaction === 'all'
    ? `by hand before the deploy: ${name} runs everything in one transaction`
    : 'outside of a transaction';
}
