import type { SavepointHandler, SessionCall, SessionOpened, TextEdit } from '../../../ir/index.js';
import { mannerOf } from './edits.js';

const indentOf = (source: string, at: number): string | undefined => {
  const line = source.lastIndexOf('\n', at - 1) + 1;
  const before = source.slice(line, at);
  return /^[ \t]*$/.test(before) ? before : undefined;
};

/** Text over several lines says what it says by where its lines begin: it can't be moved. */
const isMovable = (text: string): boolean => !/"""|'''|\\\r?\n/.test(text);

/** Puts the `try` of `with …: try: … except …` around the `with`. */
export function handleOutside({ anchor, block }: SavepointHandler, source: string): TextEdit[] | undefined {
  const { tryStart, bodyStart, bodyEnd, end } = anchor?.points ?? {};
  if (tryStart === undefined || bodyStart === undefined || bodyEnd === undefined || end === undefined) return undefined;
  const outer = indentOf(source, block.start);
  const inner = indentOf(source, tryStart);
  const header = /^((?:async[ \t]+)?with[^\r\n#]*:)[ \t]*(\r?\n)[ \t]*$/.exec(source.slice(block.start, tryStart));
  const attempt = /^(try:[ \t]*(?:#[^\r\n]*)?)\r?\n[ \t]*$/.exec(source.slice(tryStart, bodyStart));
  if (header === null || attempt === null || outer === undefined || inner === undefined || !inner.startsWith(outer))
    return undefined;
  const rest = source.slice(bodyEnd, end);
  if (!isMovable(rest)) return undefined;
  const deeper = indentOf(source, bodyStart);
  if (deeper === undefined) return undefined;
  const moved = rest.replace(new RegExp(`(\\n)${inner}`, 'g'), `$1${outer}`);
  const [, line = '', newline = '\n'] = header;
  return [
    {
      span: { start: block.start, end: bodyStart },
      text: `${attempt[1] ?? 'try:'}${newline}${inner}${line}${newline}${deeper}`,
    },
    { span: { start: bodyEnd, end }, text: moved },
  ];
}

/** Takes a call that ends the body of its loop out of it: one step to the left. */
export function callAfterLoop({ anchor, loop }: SessionCall, source: string): TextEdit[] | undefined {
  if (anchor?.points['endsLoop'] === undefined || loop === undefined) return undefined;
  const { start, end } = anchor.span;
  const inner = indentOf(source, start);
  const outer = indentOf(source, loop.span.start);
  if (inner === undefined || outer === undefined || !isMovable(source.slice(start, end))) return undefined;
  // Whoever leaves the loop on the way would leave without the call.
  if (/\b(?:return|yield|raise)\b/.test(source.slice(loop.span.start, start))) return undefined;
  return [{ span: { start: start - inner.length, end: start }, text: outer }];
}

const maxLines = 60;

/** Writes `session = Session()` and what follows as the block of a `with`, and drops the `close()` that ends it. */
export function closeByWith(
  { anchor, name, asynchronous, span, resource }: SessionOpened,
  source: string,
): TextEdit[] | undefined {
  if (anchor === undefined || name === undefined) return undefined;
  const { start, end } = anchor.span;
  const indent = indentOf(source, start);
  const opening = source.slice(span.start, span.end);
  const awaited = resource === 'connection' && asynchronous ? 'await ' : '';
  if (indent === undefined || source.slice(start, end) !== `${name} = ${awaited}${opening}` || opening.includes('\n'))
    return undefined;
  const { newline } = mannerOf(source);
  const lines = source.slice(end).split('\n');
  // What stands behind the statement on its line.
  const [behind = ''] = lines;
  if (!/^[ \t]*(?:#.*)?\r?$/.test(behind)) return undefined;
  const close = new RegExp(`^${indent}(?:await )?${name}\\.(?:close|aclose)\\(\\)[ \\t]*\\r?$`);
  const body: string[] = [];
  let length = behind.length + 1;
  let closing: string | undefined;
  for (const line of lines.slice(1)) {
    if (/\S/.test(line) && !line.startsWith(indent)) break;
    if (close.test(line)) {
      closing = line;
      break;
    }
    body.push(line);
    length += line.length + 1;
  }
  while (body.length > 0 && !/\S/.test(body.at(-1) ?? '')) length -= (body.pop() ?? '').length + 1;
  const text = body.join('\n');
  if (
    body.length === 0 ||
    body.length > maxLines ||
    !isMovable(text) ||
    new RegExp(`^\\s*${name}\\s*=`, 'm').test(text)
  )
    return undefined;
  const header = `${asynchronous ? 'async ' : ''}with ${opening} as ${name}:`;
  const step = indent.includes('\t') ? '\t' : '    ';
  const inside = body.map((line) => (/\S/.test(line) ? step + line : line)).join('\n');
  const until = Math.min(source.length, end + length - 1);
  const edits = [{ span: { start, end: until }, text: `${header}${behind.trimEnd()}${newline}${inside}` }];
  if (closing === undefined) return edits;
  const at = source.indexOf(closing, until);
  return [...edits, { span: { start: source.lastIndexOf('\n', at - 1), end: at + closing.length }, text: '' }];
}
