import { declaredBy, type Library, type LinkedFile, type Models } from '../library.js';
import { nearest } from '../linking/nearest.js';
import { typeormOrigins } from './awaited.js';
import { dataSourcesOf, type DataSourceRecord } from './data-source.js';
import { readEntities, type EntitySettings } from './entity.js';
import { entitySchemas } from './entity-schema.js';
import { typeormMigrations } from './migration.js';
import { withMode } from './mode.js';
import { defaultStrategy, snakeStrategy } from './names.js';
import { typeormSessions } from './sessions.js';
import { unwaited } from './unwaited.js';
import { typeormUsages } from './usage.js';

/** TypeORM: entities, `MigrationInterface`, data sources, query runners. */
export const typeorm: Library = {
  name: 'typeorm',
  read(unit, facts) {
    typeormMigrations(unit, facts);
    typeormUsages(unit, facts);
    typeormSessions(unit, facts);
    unwaited(unit, facts);
  },
  classes: entitySchemas,
  declare(unit) {
    const sources = dataSourcesOf(unit);
    return sources.length > 0 ? sources : undefined;
  },
  awaits: typeormOrigins,
  models(files, lookup) {
    const sources = sourcesOf(files);
    return new Map(
      files.flatMap(({ path, symbols, dialect }): [string, Models][] => {
        if (symbols.classes.length === 0) return [];
        const classes = symbols.classes.map((record) => ({ record, path }));
        return [[path, readEntities(classes, lookup, settingsFor(nearest(sources, path), dialect))]];
      }),
    );
  },
  migrations: (migrations, path, files) => withMode(migrations, nearest(sourcesOf(files), path)),
};

const sourcesOf = (files: readonly LinkedFile[]): { path: string; value: DataSourceRecord }[] =>
  files.flatMap(({ path, symbols }) =>
    (declaredBy<DataSourceRecord[]>('typeorm', symbols) ?? []).map((value) => ({ path, value })),
  );

function settingsFor(source: DataSourceRecord | undefined, dialect: EntitySettings['dialect']): EntitySettings {
  const strategy = source?.strategy === 'snake' ? snakeStrategy : defaultStrategy;
  return {
    dialect,
    strategy: { ...strategy, prefix: source?.entityPrefix ?? '' },
    uuid: source?.uuidExtension === 'pgcrypto' ? 'gen_random_uuid()' : 'uuid_generate_v4()',
    ...(source?.strategy === 'unknown' && { namesUnknown: true as const }),
  };
}
