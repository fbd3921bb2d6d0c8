import type { FrontEnd } from '../front-end.js';

/** Module specifiers of the libraries that ddlint reads or watches, and words that no file of the data layer lacks. */
const markers =
  /['"](?:typeorm|pg|pg-format|mysql2?|mysql2\/promise|typeorm-naming-strategies|@nestjs\/typeorm)['"/]|@(?:Entity|Column|PrimaryColumn)\b|\bMigrationInterface\b|\b(?:queryRunner|dataSource|createQueryBuilder)\b|\.(?:query|execute)\s*(?:<|\()/;

/** TypeScript and JavaScript. */
export const typescript: FrontEnd = {
  id: 'typescript',
  extensions: ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'],
  maxLength: 2_000_000,
  mayMatter(file, context) {
    if (/\.d\.[mc]?ts$/.test(file.path)) return false;
    return context.migrations !== undefined || markers.test(file.text);
  },
  async load() {
    const { reader } = await import('./reader.js');
    return reader;
  },
  async loadPen() {
    const { pen } = await import('./authoring.js');
    return pen;
  },
};
