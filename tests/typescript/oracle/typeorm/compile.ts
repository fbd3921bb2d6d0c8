import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, posix } from 'node:path';
import ts from 'typescript';

type Exports = Record<string, unknown>;

const packages = createRequire(import.meta.url);

const filesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));

/**
 * Compiles the TypeScript files of a folder as `tsc` does with `emitDecoratorMetadata`, which other compilers leave
 * out, and runs them.
 * @param beside folders with what these files import
 * @returns what each exports, by its path within the folder
 */
export function load(folder: string, beside: readonly string[] = []): Map<string, Exports> {
  const files = [folder, ...beside].flatMap(filesIn);
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    useDefineForClassFields: false,
    strict: true,
    noResolve: true,
    noLib: true,
    types: [],
    ignoreDeprecations: '6.0',
  });
  const outputs = new Map<string, string>();
  program.emit(undefined, (path, text) => outputs.set(posix.relative(folder, path).replace(/\.js$/, ''), text));
  const modules = new Map<string, Exports>();
  const requireFrom =
    (from: string) =>
    (name: string): unknown =>
      name.startsWith('.') ? run(posix.join(dirname(from), name)) : packages(name);
  const run = (path: string): Exports => {
    const known = modules.get(path);
    if (known) return known;
    const exported: Exports = {};
    modules.set(path, exported);
    const code = outputs.get(path);
    if (code === undefined) throw new Error(`${path} is not in ${folder}`);
    new Function('require', 'exports', code)(requireFrom(path), exported);
    return exported;
  };
  return new Map([...outputs.keys()].filter((path) => !path.includes('/')).map((path) => [path, run(path)]));
}

/** The texts of the files of a folder, by the path that ddlint gets. */
export function textsOf(folder: string, as: string): Record<string, string> {
  return Object.fromEntries(filesIn(folder).map((path) => [`${as}/${basename(path)}`, readFileSync(path, 'utf8')]));
}
