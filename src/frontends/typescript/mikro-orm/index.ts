import { declaredBy, type Library, type LinkedFile, type Models } from '../library.js';
import { nearest } from '../linking/nearest.js';
import { mikroOrigins } from './awaited.js';
import { readEntity } from './entity.js';
import { mikroMigrations } from './migration-class.js';
import { withSettings } from './migration-order.js';
import { mentionsMikro } from './modules.js';
import { entityCase, underscore } from './names.js';
import { schemasOf, type SchemaRecord } from './schemas.js';
import { settingsOf, speaksVersion7, type Settings } from './settings.js';
import { mikroUsages } from './usage.js';
import { World, type Surroundings } from './world.js';

/** What a file says of MikroORM that waits until all files are known. */
export interface MikroDeclared {
  schemas?: SchemaRecord[];
  settings?: Settings[];
  version7?: true;
}

const of = ({ symbols }: LinkedFile): MikroDeclared | undefined => declaredBy<MikroDeclared>('mikro-orm', symbols);

/** MikroORM: entities by decorators, by `EntitySchema` and by `defineEntity`; migrations; configurations. */
export const mikroOrm: Library = {
  name: 'mikro-orm',
  read(unit, facts) {
    if (!mentionsMikro(unit.text) && unit.context.migrations?.runner !== 'mikro-orm') return;
    mikroMigrations(unit, facts);
    mikroUsages(unit, facts);
  },
  declare(unit): MikroDeclared | undefined {
    if (!mentionsMikro(unit.text)) return undefined;
    const schemas = schemasOf(unit);
    const settings = settingsOf(unit);
    const declared: MikroDeclared = {
      ...(schemas.length > 0 && { schemas }),
      ...(settings.length > 0 && { settings }),
      ...(speaksVersion7(unit) && { version7: true as const }),
    };
    return Object.keys(declared).length > 0 ? declared : undefined;
  },
  awaits: (symbols) => mikroOrigins(symbols, declaredBy<MikroDeclared>('mikro-orm', symbols)),
  models(files, lookup) {
    const world = new World(files, lookup, of);
    if (world.entities.length === 0) return new Map();
    const settings = settingsIn(files);
    const found = new Map<string, Models>();
    const around = new Map(files.map((file) => [file.path, () => surroundings(file, files, settings)]));
    const known = new Map<string, Surroundings>();
    for (const entity of world.entities) {
      const { path } = entity;
      const here = known.get(path) ?? around.get(path)!();
      known.set(path, here);
      const facts = found.get(path) ?? { tables: [], enums: [] };
      found.set(path, facts);
      readEntity(entity, world, here, facts);
    }
    return found;
  },
  migrations: (migrations, path, files) => withSettings(migrations, nearest(settingsIn(files), path)),
};

/** Options that build on others which are not seen count only where there are no whole ones: tests do so. */
function settingsIn(files: readonly LinkedFile[]): { path: string; value: Settings }[] {
  const all = files.flatMap((file) => (of(file)?.settings ?? []).map((value) => ({ path: file.path, value })));
  const whole = all.filter(({ value }) => !value.partial);
  return whole.length > 0 ? whole : all;
}

function surroundings(
  { path, dialect }: LinkedFile,
  files: readonly LinkedFile[],
  settings: readonly { path: string; value: Settings }[],
): Surroundings {
  const config = nearest(settings, path);
  const version = versionOf(path, files);
  return {
    dialect: dialect === 'unknown' ? (config?.dialect ?? dialect) : dialect,
    strategy: config?.strategy === 'entity-case' ? entityCase : underscore,
    namesUnknown: config?.strategy === 'unknown',
    provider: providerOf(config, version),
    prefixMode: config?.prefixMode ?? (version === 6 ? 'absolute' : 'relative'),
    infersDefaults: config?.keepsInitialValues !== true,
    version,
    ...(config?.deleteRule !== undefined && { deleteRule: config.deleteRule }),
    ...(config?.updateRule !== undefined && { updateRule: config.updateRule }),
  };
}

/** Version 6 reflects unless it is told otherwise; version 7 must be told. */
function providerOf(config: Settings | undefined, version: 6 | 7): Surroundings['provider'] {
  if (!config) return 'unknown';
  if (config.provider !== 'default') return config.provider;
  return version === 6 ? 'reflect' : 'unknown';
}

/** By the nearest `package.json` that names MikroORM, else by what the code uses. */
function versionOf(path: string, files: readonly LinkedFile[]): 6 | 7 {
  const manifests = files.flatMap((file) =>
    (file.packages ?? []).flatMap(({ name, version }) =>
      name.startsWith('@mikro-orm/') && version ? [{ path: file.path, value: version.major }] : [],
    ),
  );
  const major = nearest(manifests, path);
  if (major !== undefined && major > 0) return major >= 7 ? 7 : 6;
  return files.some((file) => of(file)?.version7) ? 7 : 6;
}
