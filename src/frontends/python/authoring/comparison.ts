import type { ColumnComparison, TextEdit } from '../../../ir/index.js';

/** Writes `User.active == True` as `User.active.is_(True)`. */
export function compareByMethod(
  { operand, constant, span }: ColumnComparison,
  method: string,
  argument: string,
  source: string,
): TextEdit[] | undefined {
  const call = `.${method}(${argument})`;
  const [first, last] = operand.start < constant.start ? [operand, constant] : [constant, operand];
  // Brackets around one side, or a comment between the two, would be left over.
  if (!/^\s*(?:==|!=)\s*$/.test(source.slice(first.end, last.start))) return undefined;
  if (first === operand) return [{ span: { start: operand.end, end: constant.end }, text: call }];
  return [{ span, text: source.slice(operand.start, operand.end) + call }];
}
