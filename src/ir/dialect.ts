/** The SQL dialects that ddlint tells apart. `unknown` silences rules that hold for some dialects only. */
export type Dialect = 'postgresql' | 'cockroachdb' | 'mysql' | 'mariadb' | 'sqlite' | 'tsql' | 'oracle' | 'unknown';
