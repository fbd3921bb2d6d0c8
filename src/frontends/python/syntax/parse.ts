import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Language, Parser, type Tree, type TreeCursor } from 'web-tree-sitter';
import type { Comment, Span } from '../../../ir/index.js';
import { build, leaves, tokenParents, type Built, type Raw } from './build.js';
import { commentRuns, withoutRuns, type CommentRun } from './comment-runs.js';
import { cutNesting } from './nesting.js';
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

/** What the grammar says of its node types and fields, by their numbers. */
interface NodeTypes {
  names: readonly (string | undefined)[];
  /** Others are keywords and punctuation, in which there is nothing. */
  named: readonly boolean[];
  fields: readonly (string | null)[];
}

function nodeTypesOf(language: Language): NodeTypes {
  const { types, fields } = language;
  return { names: types, named: Array.from(types, (_, id) => language.nodeTypeIsNamed(id)), fields };
}

/**
 * One pass over the tree, without recursion: a frame is translated when its last child has been. Each question to the
 * cursor is a call into WebAssembly, which costs more than what is done with the answer: so none is asked in vain.
 */
function walk(cursor: TreeCursor, text: string, faulty: boolean, { names, named, fields }: NodeTypes): Module {
  const comments: Comment[] = [];
  let error: Span | undefined;
  let tooDeep: Span | undefined;
  let built: Built | undefined;
  const frames: (Raw & { field: string | undefined; named: boolean })[] = [];
  const here = (): Span => firstLine(cursor.startIndex, cursor.endIndex, text);
  /** Opens a frame, except for a token that says nothing. Returns what is to be done about it. */
  const enter = (): 'pass' | 'leave' | 'descend' => {
    const id = cursor.nodeTypeId;
    const type = names[id] ?? 'ERROR';
    const isNamed = named[id] ?? true;
    const parent = frames.at(-1);
    const field = parent && fields[cursor.currentFieldId];
    if (faulty && error === undefined && (type === 'ERROR' || cursor.nodeIsMissing)) error = here();
    if (!isNamed && !field && parent && !tokenParents.has(parent.type)) return 'pass';
    const { startIndex: start, endIndex: end } = cursor;
    if (type === 'comment') {
      comments.push(comment(start, end, text));
      return 'pass';
    }
    frames.push({ type, start, end, field: field ?? undefined, named: isNamed, children: [] });
    return isNamed && !leaves.has(type) ? 'descend' : 'leave';
  };
  const leave = (): void => {
    const frame = frames.pop()!;
    built = build(frame, frame.named, text);
    frames.at(-1)?.children.push({ field: frame.field, built });
  };
  for (;;) {
    const next = enter();
    if (next === 'descend') {
      if (frames.length >= maxDepth) tooDeep ??= here();
      else if (cursor.gotoFirstChild()) continue;
    }
    if (next !== 'pass') leave();
    while (frames.length > 0 && !cursor.gotoNextSibling()) {
      cursor.gotoParent();
      leave();
    }
    if (frames.length === 0) {
      const body = built?.kind === 'block' ? built.body : [];
      const cut = cutNesting(body);
      if (cut !== undefined) tooDeep ??= firstLine(cut.start, cut.end, text);
      return { body, comments, ...(error && { error }), ...(tooDeep && { tooDeep }) };
    }
  }
}

/** Whether an offset lies inside of a text. */
function isInText(tree: Tree, offset: number): boolean {
  for (let node = tree.rootNode.descendantForIndex(offset); node !== null; node = node.parent) {
    if (node.type === 'string') return true;
  }
  return false;
}

/**
 * Loads the grammar. The function it gives never throws on bad input.
 * @param longRun lines of comments in a row from which on the grammar is spared them
 */
export async function loadParser(longRun?: number): Promise<(text: string) => Module> {
  await Parser.init();
  const language = await Language.load(new Uint8Array(readFileSync(grammarFile())));
  const parser = new Parser();
  parser.setLanguage(language);
  const types = nodeTypesOf(language);
  /** Reads a text, its long runs of comments apart. */
  const read = (text: string, runs: readonly CommentRun[]): Module => {
    const tree = parser.parse(withoutRuns(text, runs));
    if (tree === null) return { body: [], comments: [], error: { start: 0, end: 0 } };
    const cursor = tree.walk();
    try {
      const outside = runs.filter(({ start }) => !isInText(tree, start));
      if (outside.length < runs.length) return read(text, outside);
      const module = walk(cursor, text, tree.rootNode.hasError, types);
      if (runs.length > 0) {
        for (const { start, end } of runs.flatMap(({ comments }) => comments))
          module.comments.push(comment(start, end, text));
        module.comments.sort((a, b) => a.span.start - b.span.start);
      }
      return module;
    } finally {
      cursor.delete();
      tree.delete();
    }
  };
  return (source) => {
    // The grammar takes a lone carriage return for a blank; Python takes it for a line end.
    const text = /\r(?!\n)/.test(source) ? source.replace(/\r(?!\n)/g, '\n') : source;
    const runs = commentRuns(text, longRun);
    return read(text, runs);
  };
}
