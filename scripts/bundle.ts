import { build, transform, type Metafile, type Plugin } from 'esbuild';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, join, resolve } from 'node:path';

const root = join(import.meta.dirname, '..');

/** What is started or imported from outside; everything else becomes a chunk that these share. */
const entries = ['src/cli/main.ts', 'src/index.ts', 'src/rule.ts', 'src/eslint/index.ts', 'src/eslint/worker.ts'];

/** CommonJS packages inside ES modules still call `require` for Node's own modules. */
const banner = `import { createRequire as ddlintRequire } from 'node:module'; const require = ddlintRequire(import.meta.url);`;

/** WebAssembly that a package looks for beside its own file, which is a chunk here. */
const binaries: { readonly [name: string]: string } = {
  'libpg-query': 'wasm/libpg-query.wasm',
  'web-tree-sitter': 'web-tree-sitter.wasm',
};

/**
 * A package that is loaded late keeps the names that Node sees in it. Without this, esbuild gives a late CommonJS chunk
 * a default export only.
 */
const namesOfLatePackages: Plugin = {
  name: 'names-of-late-packages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^.]/ }, ({ kind, path, resolveDir, namespace }) =>
      kind === 'dynamic-import' && namespace === 'file' && resolveDir.startsWith(join(root, 'src')) && !isBuiltin(path)
        ? { path, namespace: 'late', pluginData: resolveDir }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'late' }, async ({ path, pluginData }) => {
      const names = Object.keys((await import(path)) as object).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
      const named = names.filter((name) => !['default', 'module'].includes(name));
      const exports = names.includes('default') ? ['export default whole.default ?? whole;'] : [];
      const from = `import * as whole from ${JSON.stringify(path)};`;
      const lines = named.map((name) => `export const ${name} = whole.${name} ?? whole.default?.${name};`);
      return { contents: [from, ...exports, ...lines].join('\n'), resolveDir: pluginData as string };
    });
  },
};

/** Files that synckit preloads into its worker, by path, and shares state with: they stay files, above the chunks. */
const guards = ['register.cjs', 'shared.cjs'];
const guardsOfWorkers: Plugin = {
  name: 'guards-of-workers',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/(?:register|shared)\.cjs$/ }, ({ path, resolveDir }) =>
      resolveDir === join(root, 'node_modules/synckit/lib') ? { path, external: true } : undefined,
    );
  },
};

/**
 * TypeScript stays a CommonJS file of its own, beside the chunks: Node keeps the compiled code of such a file, and the
 * launcher does where Node can't.
 */
const typescript = 'typescript.cjs';
const typescriptOnItsOwn: Plugin = {
  name: 'typescript-on-its-own',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/typescript$/ }, ({ resolveDir }) =>
      resolveDir.endsWith('@ts-morph/common/dist') ? { path: `./${typescript}`, external: true } : undefined,
    );
  },
};

async function copyTypeScript(to: string): Promise<void> {
  const from = join(root, 'node_modules/@ts-morph/common/dist/typescript.js');
  const { code } = await transform(readFileSync(from, 'utf8'), { minifyWhitespace: true, target: 'node20' });
  writeFileSync(to, code);
}

/** The folders of the packages whose code is in the bundle. */
function packagesIn({ inputs }: Metafile): string[] {
  const folders = Object.keys(inputs).flatMap(
    (path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
  );
  return [...new Set(folders)].map((folder) => join(root, folder)).sort();
}

/** Licences of code that a package holds compiled and does not name: files beside this one. */
const compiledIn: { readonly [name: string]: readonly string[] } = {
  'libpg-query': ['libpg_query.txt', 'postgresql.txt'],
};

/** The licence and notice files of a package, under its name and version. */
function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice|thirdpartynotice)/i.test(file));
  const texts = files.sort().map((file) => `--- ${file}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`);
  const inside = (compiledIn[name] ?? []).map(
    (file) => `--- ${file}\n\n${readFileSync(join(import.meta.dirname, 'licences', file), 'utf8').trim()}\n`,
  );
  return [`=== ${name} ${version} (${license ?? 'see below'})\n`, ...texts, ...inside].join('\n');
}

/** Bundles the program with its dependencies into a folder that replaces `dist/`. */
export async function bundle(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outbase: '.',
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // The user's ESLint is the one that runs the rules. TypeScript comes inside ts-morph; cosmiconfig would load a
    // second one for a loader that ours takes the place of.
    external: ['eslint', 'eslint/*', 'typescript'],
    define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
    banner: { js: banner },
    plugins: [namesOfLatePackages, guardsOfWorkers, typescriptOnItsOwn],
    minifyWhitespace: true,
    metafile: true,
    logLevel: 'warning',
  });
  const packages = packagesIn(metafile);
  mkdirSync(join(folder, 'chunks'), { recursive: true });
  await copyTypeScript(join(folder, 'chunks', typescript));
  for (const [name, binary] of Object.entries(binaries)) {
    const from = packages.find((path) => path.endsWith(`/node_modules/${name}`));
    if (from) copyFileSync(join(from, binary), join(folder, 'chunks', basename(binary)));
  }
  for (const name of guards) copyFileSync(join(root, 'node_modules/synckit', name), join(folder, name));
  // TypeScript comes inside @ts-morph/common, without its licence.
  const licences = [...packages, join(root, 'node_modules/typescript')].map(licenceOf);
  writeFileSync(join(folder, 'LICENSES.txt'), `Bundled with ddlint.\n\n${licences.join('\n')}`);
}

if (resolve(process.argv[1] ?? '') === import.meta.filename) {
  await bundle(join(root, 'dist'));
}
