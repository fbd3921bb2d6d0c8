import { build, type Metafile } from 'esbuild';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

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

/** The packages whose code is in the bundle. */
function packagesIn({ inputs }: Metafile): string[] {
  const names = Object.keys(inputs).flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/** The licence and notice files of a package, under its name and version. */
function licenceOf(name: string): string {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    version: string;
    license?: string;
  };
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice|thirdpartynotice)/i.test(file));
  const texts = files.sort().map((file) => `--- ${file}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`);
  return [`=== ${name} ${version} (${license ?? 'see below'})\n`, ...texts].join('\n');
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
    metafile: true,
    logLevel: 'warning',
  });
  const packages = packagesIn(metafile);
  mkdirSync(join(folder, 'chunks'), { recursive: true });
  for (const name of packages) {
    const binary = binaries[name];
    if (binary)
      copyFileSync(join(root, 'node_modules', name, binary), join(folder, 'chunks', binary.split('/').at(-1)!));
  }
  // TypeScript comes inside @ts-morph/common, without its licence.
  const licensed = packages.includes('@ts-morph/common') ? [...packages, 'typescript'] : packages;
  writeFileSync(join(folder, 'LICENSES.txt'), `Bundled with ddlint.\n\n${licensed.map(licenceOf).join('\n')}`);
}

if (resolve(process.argv[1] ?? '') === import.meta.filename) {
  await bundle(join(root, 'dist'));
}
