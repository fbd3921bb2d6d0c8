import type { FileFacts } from '../../../ir/index.js';
import { emptyFacts } from '../../empty-facts.js';
import type { ReadContext, SourceFile } from '../../front-end.js';
import { noSymbols, type FileSymbols } from '../linking/file-symbols.js';
import { compilerSettings, packageSettings, workspaceGlobs, type ModuleSettings } from './module-settings.js';
import { kindOf, type Kind } from './names.js';
import { packagesIn } from './packages.js';

function moduleSettings(kind: Kind, path: string, text: string): ModuleSettings {
  switch (kind) {
    case 'compiler':
      return { compiler: compilerSettings(path, text) };
    case 'package':
      return { package: packageSettings(text) };
    case 'workspace':
      return { workspaces: workspaceGlobs(text) };
    default:
      return {};
  }
}

/** Reads a settings file: where modules are, and which versions of packages are asked for or installed. */
export function readSettings({ path, text }: SourceFile, { dialect, scope }: ReadContext): FileFacts {
  const kind = kindOf(path) ?? 'package';
  const packages = packagesIn(kind, text);
  const symbols: FileSymbols = { ...noSymbols, settings: moduleSettings(kind, path, text) };
  return {
    ...emptyFacts({ path, frontend: 'typescript', dialect, scope }),
    ...(packages.length > 0 && { packages }),
    symbols,
  };
}
