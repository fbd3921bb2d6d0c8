import { ts } from 'ts-morph';
import { describe, expect, test } from 'vitest';
import { Modules } from '../../src/frontends/typescript/linking/modules.js';
import type { FileSymbols } from '../../src/frontends/typescript/linking/file-symbols.js';
import { typescript } from '../../src/frontends/typescript/front-end.js';
import { readAlone, readProject } from './support.js';

const reader = await typescript.load();

interface Files {
  [path: string]: string;
}

function modulesOf(files: Files): Modules {
  const facts = Object.entries(files).map(([path, text]) => readAlone(text, path));
  return new Modules(new Map(facts.map(({ path, symbols }) => [path, symbols as FileSymbols | undefined])));
}

/** Where TypeScript itself finds a module, with the settings of the nearest `tsconfig.json`. */
function byCompiler(files: Files, specifier: string, from: string): string | undefined {
  const at = (path: string): string => `/${path}`;
  const host: ts.ParseConfigHost & ts.ModuleResolutionHost = {
    useCaseSensitiveFileNames: true,
    fileExists: (path) => Object.hasOwn(files, path.slice(1)),
    readFile: (path) => files[path.slice(1)],
    readDirectory: () => [],
    directoryExists: (path) => Object.keys(files).some((each) => at(each).startsWith(`${path.replace(/\/$/, '')}/`)),
    getCurrentDirectory: () => '/',
  };
  const config = ts.findConfigFile(at(from), host.fileExists, 'tsconfig.json')!;
  const json: unknown = ts.parseConfigFileTextToJson(config, files[config.slice(1)]!).config;
  const { options } = ts.parseJsonConfigFileContent(json, host, config.slice(0, config.lastIndexOf('/')) || '/');
  const kind = { moduleResolution: ts.ModuleResolutionKind.Bundler, module: ts.ModuleKind.ESNext };
  const found = ts.resolveModuleName(specifier, at(from), { ...options, ...kind, allowJs: true }, host);
  return found.resolvedModule?.resolvedFileName.slice(1);
}

const project: Files = {
  'tsconfig.base.json':
    '{ /* shared */ "compilerOptions": { "paths": { "@shared/*": ["./libs/shared/src/*"], "@acme/db": ["./libs/db/src/index.ts"], }, } }',
  'tsconfig.json': '{ "extends": "./tsconfig.base.json" }',
  'apps/api/tsconfig.json':
    '{ "extends": "../../tsconfig.base", "compilerOptions": { "baseUrl": "./src", "paths": { "@/*": ["./*"], "@models/*": ["./entities/*", "./legacy/*"], "~config": ["./config/index"] } } }',
  'apps/web/tsconfig.json': '{ "extends": ["../../tsconfig.base.json", "./strict.json"] }',
  'apps/web/strict.json': '{ "compilerOptions": { "strict": true } }',
  'apps/web/main.ts': '',
  'apps/api/src/main.ts': '',
  'apps/api/src/entities/user.ts': '',
  'apps/api/src/legacy/old.ts': '',
  'apps/api/src/config/index.ts': '',
  'apps/api/src/names.ts': '',
  'apps/api/src/names.js': '',
  'apps/api/src/plain/names.mts': '',
  'apps/api/src/deep/a/b.ts': '',
  'apps/api/package.json':
    '{ "name": "api", "imports": { "#db/*": "./src/entities/*.ts", "#config": "./src/config/index.ts" } }',
  'libs/shared/src/names.ts': '',
  'libs/shared/src/names/index.ts': '',
  'libs/db/src/index.ts': '',
};

describe('modules are where TypeScript finds them', () => {
  test.each([
    ['./names', 'apps/api/src/main.ts'],
    ['./names.js', 'apps/api/src/main.ts'],
    ['./config', 'apps/api/src/main.ts'],
    ['../../names', 'apps/api/src/deep/a/b.ts'],
    ['../..', 'apps/api/src/config/x/y.ts'],
    ['./plain/names.mjs', 'apps/api/src/main.ts'],
    ['@/names', 'apps/api/src/deep/a/b.ts'],
    ['@models/user', 'apps/api/src/main.ts'],
    ['@models/old', 'apps/api/src/main.ts'],
    ['~config', 'apps/api/src/main.ts'],
    ['entities/user', 'apps/api/src/main.ts'],
    ['config', 'apps/api/src/main.ts'],
    ['@shared/names', 'apps/web/main.ts'],
    ['@shared/names', 'libs/db/src/index.ts'],
    ['@acme/db', 'apps/web/main.ts'],
    ['#db/user', 'apps/api/src/main.ts'],
    ['#config', 'apps/api/src/deep/a/b.ts'],
    ['elsewhere', 'apps/api/src/main.ts'],
    ['@acme/none', 'apps/web/main.ts'],
  ])('%s from %s', (specifier, from) => {
    expect(modulesOf(project).resolve(specifier, from)).toBe(byCompiler(project, specifier, from));
  });
});

const workspace: Files = {
  'package.json': '{ "private": true, "workspaces": ["packages/*"] }',
  'packages/db/package.json': JSON.stringify({
    name: '@acme/db',
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './models': './dist/esm/models/index.js',
      './tables/*': { import: './dist/tables/*.js' },
    },
  }),
  'packages/db/src/index.ts': '',
  'packages/db/src/models/index.ts': '',
  'packages/db/src/tables/user.ts': '',
  'packages/names/package.json': '{ "name": "names", "main": "./build/main.js" }',
  'packages/names/src/main.ts': '',
  'packages/names/src/level.ts': '',
  'packages/tsconfig/package.json': '{ "name": "@acme/tsconfig" }',
  'packages/tsconfig/base.json': '{ "compilerOptions": { "paths": { "$lib/*": ["${configDir}/source/lib/*"] } } }',
  'packages/app/tsconfig.json': '{ "extends": "@acme/tsconfig/base.json" }',
  'packages/app/source/lib/level.ts': '',
  'packages/app/source/main.ts': '',
  'packages/split/tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
  'packages/split/tsconfig.app.json': '{ "compilerOptions": { "paths": { "@app/*": ["./code/*"] } } }',
  'packages/split/code/level.ts': '',
};

test.each([
  ['@acme/db', 'packages/db/src/index.ts'],
  ['@acme/db/models', 'packages/db/src/models/index.ts'],
  ['@acme/db/tables/user', 'packages/db/src/tables/user.ts'],
  ['@acme/db/dist/tables/user.js', 'packages/db/src/tables/user.ts'],
  ['names', 'packages/names/src/main.ts'],
  ['names/level', 'packages/names/src/level.ts'],
  ['names/src/level', 'packages/names/src/level.ts'],
  ['unnamed', undefined],
])('%s is a package of the project, in its sources', (specifier, path) => {
  expect(modulesOf(workspace).resolve(specifier, 'packages/app/source/main.ts')).toBe(path);
});

test('settings of a package of the project are extended, and those of references hold', () => {
  const modules = modulesOf(workspace);
  expect(modules.resolve('$lib/level', 'packages/app/source/main.ts')).toBe('packages/app/source/lib/level.ts');
  expect(modules.resolve('@app/level', 'packages/split/code/main.ts')).toBe('packages/split/code/level.ts');
  const named: Files = { ...workspace, 'packages/app/tsconfig.json': '{ "extends": "@acme/tsconfig" }' };
  delete named['packages/tsconfig/base.json'];
  const renamed = { ...named, 'packages/tsconfig/tsconfig.json': workspace['packages/tsconfig/base.json']! };
  expect(modulesOf(renamed).resolve('$lib/level', 'packages/app/source/main.ts')).toBe(
    'packages/app/source/lib/level.ts',
  );
});

test('settings that extend each other in a circle, or are none, say nothing', () => {
  const modules = modulesOf({
    'tsconfig.json': '{ "extends": "./tsconfig.other.json", "compilerOptions": { "paths": 3 } }',
    'tsconfig.other.json': '{ "extends": "./tsconfig.json", "references": 1 }',
    'package.json': '[',
    'src/a.ts': '',
  });
  expect(modules.resolve('@x/a', 'src/b.ts')).toBeUndefined();
  expect(modules.resolve('./a', 'src/b.ts')).toBe('src/a.ts');
});

describe('what settings say is known before anything is asked for', () => {
  const entity = (module: string): string =>
    `import { Entity, Column, PrimaryGeneratedColumn } from 'typeorm'; import { TABLE } from '${module}';
     @Entity(TABLE) export class User { @PrimaryGeneratedColumn() id: number }`;

  /** Reads what is wanted, round by round, as a run does. */
  function asked(files: Files, first: string): string[] {
    const known = [readAlone(files[first]!, first)];
    for (let round = 0; round < 12; round++) {
      const paths = reader.wants!(known).filter(
        (path) => Object.hasOwn(files, path) && known.every((each) => each.path !== path),
      );
      if (paths.length === 0) break;
      known.push(...paths.map((path) => readAlone(files[path]!, path)));
    }
    return known.map(({ path }) => path);
  }

  test.each<[string, string, Files]>([
    [
      'paths',
      '@names/tables',
      {
        'tsconfig.json': '{ "compilerOptions": { "paths": { "@names/*": ["./other/names/*"] } } }',
        'other/names/tables.ts': '',
      },
    ],
    [
      'paths of settings that are extended',
      '@names/tables',
      {
        'tsconfig.json': '{ "extends": "./settings/shared.json" }',
        'settings/tsconfig.shared.json': '',
        'tsconfig.paths.json': '{ "compilerOptions": { "paths": { "@names/*": ["./other/names/*"] } } }',
        'src/tsconfig.json': '{ "extends": "../tsconfig.paths.json" }',
        'other/names/tables.ts': '',
      },
    ],
    [
      'a package of the project',
      '@acme/tables',
      {
        'package.json': '{ "workspaces": { "packages": ["packages/*"] } }',
        'packages/tables/package.json': '{ "name": "@acme/tables", "main": "dist/index.js" }',
        'packages/tables/src/index.ts': '',
      },
    ],
    [
      'a package of a pnpm workspace',
      '@acme/tables',
      {
        'pnpm-workspace.yaml': "# ours\npackages:\n  # all\n  - 'modules/**/*' # deep\n  - apps/*\ncatalog:\n  - no\n",
        'modules/acme-tables/package.json': '{ "name": "@acme/tables", "exports": "./dist/index.mjs" }',
        'modules/acme-tables/src/index.ts': '',
      },
    ],
  ])('%s', (_, module, files) => {
    const last = Object.keys(files).at(-1)!;
    const all = { ...files, 'src/db/user.ts': entity(module), [last]: "export const TABLE = 'app_users';" };
    const paths = asked(all, 'src/db/user.ts');
    expect(paths).toContain(last);
    const linked = readProject(Object.fromEntries(paths.map((path) => [path, all[path]!])));
    expect(linked.find(({ path }) => path === 'src/db/user.ts')!.tables[0]?.name.name.value).toBe('app_users');
  });
});
