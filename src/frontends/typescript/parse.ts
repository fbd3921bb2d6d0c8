import { ts } from 'ts-morph';
import type { FileProblem } from '../../ir/index.js';

const scriptKinds: { [extension: string]: ts.ScriptKind } = {
  ts: ts.ScriptKind.TS,
  mts: ts.ScriptKind.TS,
  cts: ts.ScriptKind.TS,
  tsx: ts.ScriptKind.TSX,
  js: ts.ScriptKind.JSX,
  mjs: ts.ScriptKind.JSX,
  cjs: ts.ScriptKind.JSX,
  jsx: ts.ScriptKind.JSX,
};

/** Deeper nesting than this is no code that a person wrote, and the parser is recursive. */
const maxDepth = 1_000;

export interface Parsed {
  /** Absent where the file could not be parsed at all. */
  source?: ts.SourceFile;
  problems: FileProblem[];
}

/** Parses one file. Never throws; a broken part leaves the other declarations readable. */
export function parse(path: string, text: string): Parsed {
  if (nesting(text) > maxDepth) return { problems: [tooDeep] };
  try {
    const kind = scriptKinds[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? ts.ScriptKind.TS;
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
    return { source, problems: syntaxProblems(source) };
  } catch (error) {
    if (error instanceof RangeError) return { problems: [tooDeep] };
    throw error;
  }
}

const tooDeep: FileProblem = {
  code: 'too-deep',
  message: 'The code is nested too deeply to be read.',
  span: { start: 0, end: 0 },
};

/** One problem per file: what follows a syntax error is rarely an error of its own. */
function syntaxProblems(source: ts.SourceFile): FileProblem[] {
  const { parseDiagnostics } = source as unknown as { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] };
  const first = parseDiagnostics?.[0];
  if (!first) return [];
  const message = ts.flattenDiagnosticMessageText(first.messageText, ' ');
  return [{ code: 'syntax', message, span: { start: first.start, end: first.start + first.length } }];
}

/** The greatest number of brackets open at once, those in strings counted too. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 40 || code === 91 || code === 123) {
      depth++;
      if (depth > deepest) deepest = depth;
    } else if ((code === 41 || code === 93 || code === 125) && depth > 0) depth--;
  }
  return deepest;
}
