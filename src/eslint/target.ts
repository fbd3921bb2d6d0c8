import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { FrontEnd } from '../frontends/front-end.js';
import { frontEnds } from '../frontends/registry.js';
import { DdlintSourceCode } from './language.js';
import type { OpenFile } from './protocol.js';
import { frontEndOf } from './relevance.js';

/** What of a rule's context says which file is linted. */
export interface Linted {
  cwd: string;
  filename: string;
  sourceCode: { text: string };
}

/** The file in hand and the front end that reads it. */
export interface Target extends OpenFile {
  frontEnd: FrontEnd;
}

/** The root of a project that ESLint runs on from elsewhere: the git work tree around the file, or its folder. */
function rootAround(filename: string): string {
  const folder = dirname(filename);
  for (let root = folder; dirname(root) !== root; root = dirname(root)) {
    if (existsSync(join(root, '.git'))) return root;
  }
  return folder;
}

/**
 * Where the file lies for ddlint: below ESLint's working directory where it is, so that the configuration and the
 * paths are those of ddlint's own command there. Text without a name (an editor's new file, a test) gets one.
 * Nothing where no front end reads such a file.
 */
export function targetOf({ cwd, filename, sourceCode }: Linted): Target | undefined {
  const { text } = sourceCode;
  const own = sourceCode instanceof DdlintSourceCode ? sourceCode.language : 'typescript';
  const frontEnd = frontEnds.find(({ id }) => id === own);
  if (!frontEnd) return undefined;

  const inside = isAbsolute(filename) ? relative(cwd, filename) : filename.replace(/[<>]/g, '');
  const outside = inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  const root = outside ? rootAround(filename) : cwd;
  const path = (outside ? relative(root, filename) : inside).split(sep).join('/');

  if (frontEndOf(path) === frontEnd) return { root, path, text, frontEnd };
  // A language of ddlint's own is chosen for the file by name; of JavaScript's other files only nameless text is ours.
  if (own === 'typescript' && isAbsolute(filename)) return undefined;
  return { root, path: path + frontEnd.extensions[0]!, text, frontEnd };
}
