import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** ddlint's own package: where it lies, and its version. */
export interface Package {
  root: string;
  version: string;
}

/** Found by walking up, because compiled, bundled and plain sources lie at different depths below it. */
export function ownPackage(): Package {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) {
      const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version: string };
      if (name === 'ddlint') return { root: folder, version };
    }
    if (folder === dirname(folder)) throw new Error('ddlint does not find its own package.json.');
  }
}
