import type { Guard, Statement } from '../../../ir/index.js';
import type { Source } from '../source.js';
import { isExistenceTest } from './blocks.js';
import type { Cursor } from './cursor.js';
import { readAssembled } from './dynamic.js';
import { notRead, type Place, type ShapeReader } from './shape.js';

/** A text that a variable may hold: what makes it, and the condition under which it is that one. */
interface Text {
  expression: Cursor;
  guard?: Guard;
  /** It was executed before. */
  ran?: true;
}

/** What the statements of a text so far have put into `@variables`, and what they prepared under which name. */
interface Memory {
  variables: Map<string, Text[]>;
  prepared: Map<string, Text[]>;
  /** How many characters of texts that ran before may be read again: a long one can be executed any number of times. */
  again: number;
}

const AGAIN_LIMIT = 262_144;

const memories = new WeakMap<Source, Memory>();

function memoryOf(source: Source): Memory {
  let memory = memories.get(source);
  if (memory === undefined) {
    memory = { variables: new Map(), prepared: new Map(), again: AGAIN_LIMIT };
    memories.set(source, memory);
  }
  return memory;
}

/** Notes `SET @name = expression`, until it is executed beside what was noted before: a branch may have set it. */
export function noteVariable(name: string, expression: Cursor): void {
  const { variables } = memoryOf(expression.source);
  const key = name.toLowerCase();
  variables.set(key, [...(variables.get(key) ?? []).slice(-7), ...textsOf(expression)]);
}

/** PREPARE name FROM text: runs nothing by itself. */
export const readPrepare: ShapeReader = (cursor) => {
  cursor.at++;
  const name = cursor.name()?.value.toLowerCase();
  if (name === undefined || !cursor.take('FROM')) return;
  const { variables, prepared } = memoryOf(cursor.source);
  const rest = cursor.within([cursor.at, cursor.length]);
  const variable = rest.length === 1 && rest.word().startsWith('@') ? rest.word().toLowerCase() : undefined;
  prepared.set(name, variable === undefined ? textsOf(rest) : (variables.get(variable) ?? []));
  if (variable !== undefined) variables.delete(variable);
};

/** EXECUTE name, EXECUTE IMMEDIATE text: what was prepared runs here. */
export const readExecute: ShapeReader = (cursor, shape, surroundings) => {
  cursor.at++;
  const name = cursor.word().toLowerCase();
  const memory = memoryOf(cursor.source);
  const texts = cursor.take('IMMEDIATE')
    ? textsOf(cursor.within([cursor.at, cursor.length]))
    : (memory.prepared.get(name) ?? []);
  const several: Guard = { kind: 'unknown', span: cursor.span(0, cursor.length) };
  for (const text of texts) {
    const { expression, guard = texts.length > 1 ? several : undefined } = text;
    if (text.ran && (memory.again -= expression.between(0, expression.length).length) < 0) {
      notRead(shape, several.span, 'EXECUTE runs a long text that was read often enough', []);
      return;
    }
    text.ran = true;
    expression.at = 0;
    const place: Place = { surroundings, inTransaction: 'unknown', ...(guard && { guard }) };
    for (const each of readAssembled(expression, place).filter(isRead)) shape.children.push(each);
  }
  if (shape.children.length === 0) {
    notRead(shape, cursor.span(0, cursor.length), 'EXECUTE runs text that is put together at run time', []);
  }
};

const isRead = (statement: Statement): boolean => statement.provenance !== 'opaque';

/** The texts that an expression may give: `IF(condition, 'a', 'b')` gives two, each under the condition. */
function textsOf(expression: Cursor, guard?: Guard, depth = 0): Text[] {
  let inner = expression;
  if (depth > 4) return [];
  if (inner.is('(')) {
    const inside = inner.parenthesis();
    inner.at = 0;
    if (inside?.[1] === inner.length - 1) return textsOf(inner.within(inside), guard, depth + 1);
  }
  if (inner.is('SELECT')) {
    inner.at++;
    const from = inner.at;
    inner.until('FROM', 'INTO', 'AS');
    inner = inner.within([from, inner.at]);
  }
  if (inner.is('IF', '(')) {
    inner.at++;
    const inside = inner.parenthesis();
    const parts = inside ? inner.within(inside).list() : [];
    const [condition, ...branches] = parts;
    if (condition === undefined) return [];
    const exists = isExistenceTest(condition, 0, condition.length);
    const own: Guard = { kind: exists ? 'existence' : 'unknown', span: condition.span(0, condition.length) };
    return branches.flatMap((branch) => textsOf(branch, own, depth + 1));
  }
  const literal = inner.kind() === 'string' || inner.is('CONCAT', '(');
  return literal ? [{ expression: inner, ...(guard && { guard }) }] : [];
}
