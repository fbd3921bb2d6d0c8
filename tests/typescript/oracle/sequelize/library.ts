import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ts } from 'ts-morph';

/** Dialects by ddlint's name and by that of Sequelize. */
export const dialects = { postgresql: 'postgres', mysql: 'mysql', sqlite: 'sqlite' } as const;

const here = dirname(fileURLToPath(import.meta.url));
const requireHere = createRequire(import.meta.url);
requireHere('reflect-metadata');

/** The files of a folder beside this one, by their path in it. */
export function filesIn(folder: string): { [path: string]: string } {
  const root = join(here, folder);
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.[jt]s$/.test(name));
  return Object.fromEntries(names.sort().map((name) => [relative('', name), readFileSync(join(root, name), 'utf8')]));
}

interface Connection {
  sync(): Promise<unknown>;
  query: unknown;
  connectionManager: { _refreshDynamicOIDs: () => Promise<void> };
}

/** Loads the modules of a project as Node would, `replaced` in place of packages, and gives what `entry` exports. */
function loaded(files: { [path: string]: string }, entry: string, replaced: { [module: string]: unknown }) {
  const modules = new Map<string, { exports: unknown }>();
  const load = (path: string): unknown => {
    const known = modules.get(path);
    if (known) return known.exports;
    const module = { exports: {} as unknown };
    modules.set(path, module);
    const code = compiled(path, files[path]!);
    const requireFrom = (name: string): unknown => {
      if (!name.startsWith('.')) return replaced[name] ?? requireHere(name);
      const target = posix.join(dirname(path), name);
      const found = [target, `${target}.ts`, `${target}.js`, `${target}/index.ts`].find((each) => each in files);
      if (found === undefined) throw new Error(`${path} requires ${name}, which is not there`);
      return load(found);
    };
    new Function('require', 'module', 'exports', code)(requireFrom, module, module.exports);
    return module.exports;
  };
  return load(entry);
}

function compiled(path: string, text: string): string {
  return ts.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      useDefineForClassFields: false,
      esModuleInterop: true,
    },
  }).outputText;
}

const within = (folder: string): { [path: string]: string } =>
  Object.fromEntries(Object.entries(filesIn(folder)).map(([name, text]) => [`${folder}/${name}`, text]));

/** Migrations, and the file that one of them needs. */
export const migrationFiles = { ...within('migrations'), ...within('parts') };

/** What each migration exports, by its path. */
export function migrationModules(): [path: string, module: Migration][] {
  const paths = Object.keys(migrationFiles).filter((path) => path.startsWith('migrations/'));
  return paths.map((path) => [path, loaded(migrationFiles, path, {}) as Migration]);
}

export interface Migration {
  up(...args: unknown[]): Promise<unknown>;
  down(...args: unknown[]): Promise<unknown>;
}

/** The packages with connections of one dialect, whatever the project asks for. */
function packagesFor(dialect: string): { [module: string]: unknown } {
  const forced = (name: string, entry = name) => {
    const original = requireHere(entry) as { Sequelize: new (...args: unknown[]) => object };
    class Sequelize extends original.Sequelize {
      constructor(...args: unknown[]) {
        const given = args.findLast((each) => typeof each === 'object' && each !== null) as object | undefined;
        const sqlite3 = { OPEN_READWRITE: 2, OPEN_CREATE: 4 };
        super({ ...given, dialect, logging: false, ...(dialect === 'sqlite' && { dialectModule: sqlite3 }) });
      }
    }
    return [name, name === 'sequelize' ? Object.assign(Sequelize, { Sequelize }) : { ...original, Sequelize }] as const;
  };
  return Object.fromEntries([forced('sequelize'), forced('sequelize-typescript')]);
}

/** The SQL by which the real library makes the tables of a project in an empty database. */
export async function synchronised(folder: string, dialect: keyof typeof dialects): Promise<string[]> {
  const files = filesIn(folder);
  const entry = 'index.ts' in files ? 'index.ts' : 'index.js';
  const { sequelize } = loaded(files, entry, packagesFor(dialects[dialect])) as { sequelize: Connection };
  const sent: string[] = [];
  sequelize.query = (sql: string, options?: { plain?: boolean }): Promise<unknown> => {
    if (!/^(?:SELECT|SHOW|PRAGMA)/.test(sql)) sent.push(sql);
    return Promise.resolve(options?.plain ? null : []);
  };
  sequelize.connectionManager._refreshDynamicOIDs = () => Promise.resolve();
  await sequelize.sync();
  return sent;
}
