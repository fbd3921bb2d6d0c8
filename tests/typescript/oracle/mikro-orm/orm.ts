import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The files of a folder beside this module, by their paths there. */
export function filesOf(folder: string): { [path: string]: string } {
  return Object.fromEntries(
    readdirSync(join(here, folder)).map((name) => [`src/${name}`, readFileSync(join(here, folder, name), 'utf8')]),
  );
}

/** Compiled as the decorators of MikroORM 6 want it: with the types of properties kept for reflection. */
const compilerOptions: ts.CompilerOptions = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ES2022,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  useDefineForClassFields: false,
  strict: true,
};

/** A folder of the machine in which the files run. */
export class Compiled {
  readonly folder = mkdtempSync(join(tmpdir(), 'ddlint-mikro-orm-'));
  readonly require = createRequire(join(this.folder, 'index.js'));

  constructor(files: { [path: string]: string }) {
    symlinkSync(fileURLToPath(new URL('../../../../node_modules', import.meta.url)), join(this.folder, 'node_modules'));
    writeFileSync(join(this.folder, 'package.json'), '{ "type": "commonjs" }');
    for (const [path, text] of Object.entries(files)) {
      const { outputText } = ts.transpileModule(text, { compilerOptions });
      writeFileSync(join(this.folder, path.replace(/^.*\//, '').replace(/\.ts$/, '.js')), outputText);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

interface Orm {
  schema: { getCreateSchemaSQL(options: { wrap: boolean }): Promise<string>; getTargetSchema(): TargetSchema };
}

/** What MikroORM wants the database to be. */
export interface TargetSchema {
  getTables(): TargetTable[];
}

export interface TargetTable {
  name: string;
  schema?: string;
  comment?: string;
  columns: {
    [name: string]: {
      name: string;
      type: string;
      nullable: boolean;
      unsigned: boolean;
      autoincrement: boolean;
      primary: boolean;
      default?: string | null;
      comment?: string;
      enumItems?: string[];
      nativeEnumName?: string;
      generated?: string;
    };
  };
  indexes: {
    keyName: string;
    columnNames: string[];
    unique: boolean;
    primary: boolean;
    constraint: boolean;
    expression?: string;
  }[];
  checks: { name: string; expression: string }[];
  foreignKeys: {
    [name: string]: {
      constraintName: string;
      columnNames: string[];
      referencedTableName: string;
      referencedColumnNames: string[];
      deleteRule?: string;
      updateRule?: string;
    };
  };
}

/** MikroORM itself with the entities of the compiled files, without a connection. */
export function ormOf({ require, folder }: Compiled, driver: 'postgresql' | 'mysql'): Orm {
  type Entity = { name: string };
  const core = require('@mikro-orm/core') as { EntitySchema: { new (): Entity; REGISTRY: Map<unknown, unknown> } };
  const entities = readdirSync(folder)
    .filter((name) => name.endsWith('.js') && !name.startsWith('mikro-orm.config'))
    .flatMap((name) => Object.values(require(join(folder, name)) as { [name: string]: unknown }))
    .filter(
      (each) =>
        each instanceof core.EntitySchema ||
        (typeof each === 'function' && /^class/.test(String(each)) && !core.EntitySchema.REGISTRY.has(each)),
    );
  const { MikroORM } = require(`@mikro-orm/${driver}`) as { MikroORM: { initSync(options: object): Orm } };
  return MikroORM.initSync({ dbName: 'shop', entities, connect: false });
}

interface Migrating {
  getMigrator(): { up(): Promise<{ name: string }[]>; down(options: { to: number } | undefined): Promise<unknown> };
  close(): Promise<void>;
}

/** MikroORM with the compiled files for its migrations, connected to one database. */
export function migratorOf({ require, folder }: Compiled, clientUrl: string, migrations: object): Promise<Migrating> {
  const { MikroORM } = require('@mikro-orm/postgresql') as { MikroORM: { init(options: object): Promise<Migrating> } };
  const { Migrator } = require('@mikro-orm/migrations') as { Migrator: unknown };
  const core = require('@mikro-orm/core') as { EntitySchema: new (meta: object) => unknown };
  const properties = { id: { type: 'number', primary: true } };
  return MikroORM.init({
    clientUrl,
    entities: [new core.EntitySchema({ name: 'Nothing', properties })],
    extensions: [Migrator],
    pool: { min: 0, max: 1 },
    migrations: { path: folder, glob: 'Migration*.js', snapshot: false, silent: true, ...migrations },
  });
}
