import type { Dialect, Orm } from '../ir/index.js';

interface Forms {
  column: string;
  table: string;
  relationship: string;
}

const sqlalchemy: Forms = {
  column: 'comment="…"',
  table: '__table_args__ = {"comment": "…"}',
  relationship: 'doc="…"',
};
const decorated: Forms = { column: "comment: '…'", table: "comment: '…'", relationship: 'a JSDoc comment' };
const inCode: Forms = { column: 'a JSDoc comment', table: 'a JSDoc comment', relationship: 'a JSDoc comment' };
const called: Forms = { column: ".comment('…')", table: ".comment('…')", relationship: 'a JSDoc comment' };

const forms: { readonly [O in Exclude<Orm, 'sql'>]: Forms } = {
  sqlalchemy,
  'flask-sqlalchemy': sqlalchemy,
  sqlmodel: {
    ...sqlalchemy,
    column: 'sa_column_kwargs={"comment": "…"}',
    relationship: 'sa_relationship_kwargs={"doc": "…"}',
  },
  alembic: { ...sqlalchemy, table: 'comment="…"' },
  typeorm: decorated,
  'mikro-orm': decorated,
  sequelize: decorated,
  knex: called,
  objection: inCode,
  'db-migrate': { ...inCode, column: 'COMMENT ON COLUMN', table: 'COMMENT ON TABLE' },
  kysely: { ...inCode, column: 'COMMENT ON COLUMN', table: 'COMMENT ON TABLE' },
  drizzle: inCode,
  prisma: { column: 'a /// comment', table: 'a /// comment', relationship: 'a /// comment' },
};

/**
 * How a column, a table or a relation is described where it is declared, in the words of its library.
 * @param name of the table, or of the column behind its table's and a dot
 */
export function documentationForm(orm: Orm, of: keyof Forms, name: string, dialect: Dialect): string {
  if (orm !== 'sql') return forms[orm][of];
  return dialect === 'mysql' || dialect === 'mariadb' ? "COMMENT '…'" : `COMMENT ON ${of.toUpperCase()} ${name} IS '…'`;
}
