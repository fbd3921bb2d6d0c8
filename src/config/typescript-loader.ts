import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/**
 * Runs a configuration file written in TypeScript with the TypeScript inside ts-morph: the user's may be absent or of
 * another version. The compiled module lies beside the original for a moment, so that its imports resolve.
 */
export async function loadTypeScript(path: string, content: string): Promise<unknown> {
  const { ts } = await import('ts-morph');
  const { outputText } = ts.transpileModule(content, {
    fileName: path,
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const mark = createHash('sha256').update(`${process.pid} ${process.hrtime.bigint()}`).digest('hex').slice(0, 12);
  const compiled = `${path}.${mark}.mjs`;
  writeFileSync(compiled, outputText);
  try {
    return ((await import(pathToFileURL(compiled).href)) as { default?: unknown }).default;
  } finally {
    rmSync(compiled, { force: true });
  }
}
