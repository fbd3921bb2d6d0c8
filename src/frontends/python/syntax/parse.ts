import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Language, Parser, type TreeCursor } from 'web-tree-sitter';
import type { Comment, Span } from '../../../ir/index.js';
import { build, leaves, tokenParents, type Built, type Raw } from './build.js';
import type { Module } from './nodes.js';

/** Nesting of syntax nodes below which nothing is read. Deep enough for any code that a person wrote. */
const maxDepth = 400;

/** The folder of the package: the nearest one above this file whose package.json is named ddlint. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && /"name":\s*"ddlint"/.test(readFileSync(manifest, 'utf8'))) return folder;
    const parent = dirname(folder);
    if (parent === folder) throw new Error('The package folder of ddlint was not found above its Python front end.');
    folder = parent;
  }
}

/** Where the vendored grammar lies, both from `src` and from a build. */
export const grammarFile = (): string => join(packageRoot(), 'src/frontends/python/grammar/tree-sitter-python.wasm');

function comment(start: number, end: number, text: string): Comment {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return {
    span: { start, end },
    text: text.slice(start, end).replace(/^#+/, '').trim(),
    ownLine: text.slice(line, start).trim() === '',
  };
}

/** The first line of a span: an error may swallow the rest of the file. */
function firstLine(start: number, end: number, text: string): Span {
  const lineEnd = text.slice(start, end).search(/\n/);
  return { start, end: lineEnd > 0 ? start + lineEnd : Math.max(end, start) };
}

/** What a grammar says of its node types, by their numbers. */
interface NodeTypes {
  readonly name: readonly string[];
  /** Others are keywords and punctuation. */
  readonly named: readonly boolean[];
  /** Not walked into. */
  readonly leaf: readonly boolean[];
  readonly tokenParent: readonly boolean[];
  readonly fields: readonly (string | null)[];
}

/** Asked for once: every question to a cursor is a call into WebAssembly, and costs more than what is done with its answer. */
function nodeTypesOf({ types, fields, nodeTypeIsNamed, ...rest }: Language): NodeTypes {
  throw new Error(String([types, fields, nodeTypeIsNamed, rest]));
}

/** One pass over the tree, without recursion: a frame is translated when its last child has been. */
function walk(cursor: TreeCursor, text: string, faulty: boolean): Module {
  const comments: Comment[] = [];
  let error: Span | undefined;
  let tooDeep: Span | undefined;
  const frames: (Raw & { field: string | undefined; named: boolean })[] = [];
  const enter = () => {
    const type = cursor.nodeType;
    const { startIndex: start, endIndex: end } = cursor;
    if (faulty && error === undefined && (type === 'ERROR' || cursor.nodeIsMissing))
      error = firstLine(start, end, text);
    frames.push({
      type,
      start,
      end,
      field: cursor.currentFieldName ?? undefined,
      named: cursor.nodeIsNamed,
      children: [],
    });
    return type;
  };
  const leave = (): Built | undefined => {
    const frame = frames.pop();
    if (frame === undefined) return undefined;
    const parent = frames.at(-1);
    if (frame.type === 'comment') {
      comments.push(comment(frame.start, frame.end, text));
      return undefined;
    }
    if (!frame.named && frame.field === undefined && parent && !tokenParents.has(parent.type)) return undefined;
    const built = build(frame, frame.named, text);
    parent?.children.push({ field: frame.field, built });
    return built;
  };
  let type = enter();
  for (;;) {
    if (!leaves.has(type)) {
      if (frames.length >= maxDepth) tooDeep ??= firstLine(cursor.startIndex, cursor.endIndex, text);
      else if (cursor.gotoFirstChild()) {
        type = enter();
        continue;
      }
    }
    let built = leave();
    while (frames.length > 0 && !cursor.gotoNextSibling()) {
      cursor.gotoParent();
      built = leave();
    }
    if (frames.length === 0) {
      const body = built?.kind === 'block' ? built.body : [];
      return { body, comments, ...(error && { error }), ...(tooDeep && { tooDeep }) };
    }
    type = enter();
  }
}

/** Loads the grammar. The function it gives never throws on bad input. */
export async function loadParser(): Promise<(text: string) => Module> {
  await Parser.init();
  const language = await Language.load(new Uint8Array(readFileSync(grammarFile())));
  const parser = new Parser();
  parser.setLanguage(language);
  return (source) => {
    // The grammar takes a lone carriage return for a blank; Python takes it for a line end.
    const text = /\r(?!\n)/.test(source) ? source.replace(/\r(?!\n)/g, '\n') : source;
    const tree = parser.parse(text);
    if (tree === null) return { body: [], comments: [], error: { start: 0, end: 0 } };
    const cursor = tree.walk();
    try {
      return walk(cursor, text, tree.rootNode.hasError);
    } finally {
      cursor.delete();
      tree.delete();
    }
  };
}
