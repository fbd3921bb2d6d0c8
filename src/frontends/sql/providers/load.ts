import type { Dialect } from '../../../ir/index.js';
import type { Provider } from './provider.js';

/** The grammar of a dialect, loaded; nothing for a dialect without one. */
export async function loadProvider(dialect: Dialect): Promise<Provider | undefined> {
  switch (dialect) {
    case 'postgresql':
    case 'cockroachdb': {
      const { postgresqlProvider } = await import('./postgresql/provider.js');
      return postgresqlProvider(dialect);
    }
    case 'sqlite': {
      const { sqliteProvider } = await import('./sqlite/provider.js');
      return sqliteProvider();
    }
    case 'unknown':
    case 'oracle':
      return undefined;
    default: {
      const { nodeSqlProvider } = await import('./node-sql-parser.js');
      return nodeSqlProvider(dialect);
    }
  }
}
