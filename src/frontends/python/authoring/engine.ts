import type { Engine, Span, TextEdit } from '../../../ir/index.js';
import { appended, literal, replaced, type Manner } from './edits.js';
import { masked } from './imports.js';

/** `pool_pre_ping=True` among the arguments of a call, `"pool_pre_ping": True` in a dict; over a value that is there. */
export function setEngineOption(
  engine: Engine,
  name: string,
  value: boolean,
  source: string,
  manner: Manner,
): TextEdit[] | undefined {
  const written = value ? 'True' : 'False';
  const given = engine.options.find((option) => option.name === name);
  if (given) return [replaced(given.value, written)];
  const list = engine.anchor?.lists['options'];
  // Among entries that are spread in there may be one of that name.
  if (list === undefined || engine.open) return undefined;
  const entry = source[list.open - 1] === '{' ? `${literal(name, manner)}: ${written}` : `${name}=${written}`;
  return [appended(list, entry, source, manner)];
}

/** `os.environ["NAME"]` in place of an expression, and `import os` where that is missing. */
export function readFromEnvironment(
  expression: Span,
  variable: string,
  source: string,
  manner: Manner,
): TextEdit[] | undefined {
  if (!/^[A-Za-z_]\w*$/.test(variable)) return undefined;
  const read = replaced(expression, `os.environ[${literal(variable, manner)}]`);
  const code = masked(source);
  if (/^import (?:\w+(?:\.\w+)*, *)*os\b(?! as)/m.test(code)) return [read];
  const first = /^(?:import|from (?!__future__\b)[\w.]+ import)\b/m.exec(code);
  if (first === null || first.index > expression.start) return undefined;
  return [{ span: { start: first.index, end: first.index }, text: `import os${manner.newline}` }, read];
}

/** `value.replace("%", "%%")`. */
export function doublePercent({ start, end }: Span, source: string, manner: Manner): TextEdit[] {
  const percent = (text: string) => literal(text, manner);
  const call = `.replace(${percent('%')}, ${percent('%%')})`;
  // What is no name, call or subscript binds less tightly than the method would.
  if (/^[\w.]+(?:\([^()]*\)|\[[^[\]]*\])*$/.test(source.slice(start, end)))
    return [{ span: { start: end, end }, text: call }];
  return [
    { span: { start, end: start }, text: '(' },
    { span: { start: end, end }, text: `)${call}` },
  ];
}
