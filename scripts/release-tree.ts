import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundle } from './bundle.js';

const root = join(import.meta.dirname, '..');

/** Copied as they are: what pre-commit reads, what people read, what the program reads at run time. */
const copied = [
  'bin',
  'src/frontends/python/grammar',
  '.pre-commit-hooks.yaml',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'docs',
  'schemas',
];

/**
 * The manifest of a tree that installs anywhere, without a registry: everything is bundled, so it has no dependencies,
 * and no scripts, because npm runs those differently from version to version when it installs from git.
 */
function manifest(): string {
  const { name, version, description, keywords, license, type, engines, bin, exports } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Record<string, unknown> & { exports: Record<string, string | { default: string }> };
  const entries = Object.fromEntries(
    Object.entries(exports).map(([path, target]) => [path, typeof target === 'string' ? target : target.default]),
  );
  const files = ['bin', 'dist', 'src', 'rules', 'CHANGELOG.md'];
  const all = {
    name,
    version,
    description,
    keywords,
    license,
    type,
    engines,
    bin,
    exports: entries,
    files,
    dependencies: {},
  };
  return `${JSON.stringify(all, null, 2)}\n`;
}

/** Bytes of the files below a folder. */
function size(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

const target = resolve(process.argv[2] ?? join(root, 'release'));
if (existsSync(target) && readdirSync(target).length > 0 && !existsSync(join(target, '.pre-commit-hooks.yaml'))) {
  console.error(`${target} is not empty and no release tree: it is left alone.`);
  process.exit(2);
}
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const path of copied) cpSync(join(root, path), join(target, path), { recursive: true });
cpSync(join(root, 'rules'), join(target, 'rules'), {
  recursive: true,
  filter: (path) => statSync(path).isDirectory() || path.endsWith('.md'),
});
writeFileSync(join(target, 'package.json'), manifest());
await bundle(join(target, 'dist'));
console.log(`${target}: ${(size(target) / 1e6).toFixed(1)} MB`);
