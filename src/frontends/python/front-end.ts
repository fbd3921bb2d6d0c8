import type { FrontEnd } from '../front-end.js';

/**
 * Names of the libraries and of their declarations. A file that reaches its base class or its `db` through the
 * project's own modules still declares columns, tables or operations under these names.
 */
const markers =
  /sqlalchemy|sqlmodel|alembic|psycopg|asyncpg|aiomysql|pymysql|MySQLdb|oracledb|cx_Oracle|pyodbc|sqlite3|aiosqlite|read_sql|exec_driver_sql|__tablename__|__table_args__|__abstract__|down_revision|\bdb\.(?:Model|Column|session|Table)\b|\b\w*[sS]ession(?:\(\))?\.(?:query|commit|flush|rollback|begin_nested)\(|\bSession(?:Local)?\(\)|\b[A-Z]\w+\.query\b|\bdeclarative_base\(|\b(?:mapped_column|relationship|declared_attr)\b|\bMapped\[|\bop\.\w+\(|\.(?:execute|executemany|executescript)\(|\btable\s*=\s*True\b|\b(?:metadata|db)\.(?:create|drop)_all\b|\bSQLALCHEMY_[A-Z]|\b(?:postgres(?:ql)?|mysql|mariadb|mssql|oracle)(?:\+\w+)?:\/\/[^\s:@'\"]*:|\bcmd_opts\b|\btarget_metadata\b/;

/** Python: SQLAlchemy, SQLModel, Flask-SQLAlchemy, Alembic, and SQL text in code. */
export const python: FrontEnd = {
  id: 'python',
  extensions: ['.py', '.pyi'],
  maxLength: 2 * 1024 * 1024,
  mayMatter: ({ text }) => markers.test(text),
  async load() {
    const { loadReader } = await import('./read.js');
    return loadReader();
  },
  async loadPen() {
    const { pen } = await import('./authoring/pen.js');
    return pen;
  },
};
