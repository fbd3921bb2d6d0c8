import type { FrontEnd } from '../front-end.js';
import { namesOfSettings } from './settings/names.js';

/** Module specifiers of the libraries that ddlint reads or watches, and words that code of theirs does not lack. */
const markers =
  /['"](?:typeorm|pg|pg-format|mysql2?|mysql2\/promise|typeorm-naming-strategies|@nestjs\/typeorm)['"/]|@(?:Entity|Column|PrimaryColumn)\b|\b(?:MigrationInterface|queryRunner|createQueryBuilder)\b/;

/** SQL text at the start of a literal, and a call that may send it. */
const sendsText = /\.(?:query|execute)\s*(?:<|\()/;
const statement =
  /['"`]\s*(?:select|insert|update|delete|with|merge|create|alter|drop|truncate|grant|revoke|comment|call)\s/i;

/** TypeScript and JavaScript. */
export const typescript: FrontEnd = {
  id: 'typescript',
  extensions: ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'],
  names: namesOfSettings,
  maxLength: 2_000_000,
  mayMatter(file, context) {
    // Settings speak of the code beside them, which asks for them.
    if (/\.d\.[mc]?ts$/.test(file.path) || namesOfSettings.test(file.path)) return false;
    return (
      context.migrations !== undefined ||
      markers.test(file.text) ||
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
