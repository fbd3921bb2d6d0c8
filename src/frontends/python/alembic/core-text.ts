import type { Expr } from '../syntax/nodes.js';

const operators: { [python: string]: string } = {
  '==': '=',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/** The SQL of a comparison that is built from columns and literals: `column("a") > 0`; undefined for anything else. */
export function coreText(expr: Expr): string | undefined {
  switch (expr.kind) {
    case 'Num':
      return String(expr.value);
    case 'Compare': {
      const [op = '', right] = [expr.ops[0], expr.comparators[0]];
      const sides = [coreText(expr.left), right && (right.kind === 'Str' ? quoted(right.value) : coreText(right))];
      const operator = operators[op];
      if (expr.ops.length !== 1 || operator === undefined || sides.some((side) => side === undefined)) return undefined;
      return `${String(sides[0])} ${operator} ${String(sides[1])}`;
    }
    case 'Attribute':
      // `t.c.a`
      return expr.value.kind === 'Attribute' && /^(?:c|columns)$/.test(expr.value.attr) ? expr.attr : undefined;
    case 'Call': {
      const { func } = expr;
      const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
      const [first] = expr.args;
      return name === 'column' && first?.kind === 'Str' ? first.value : undefined;
    }
    default:
      return undefined;
  }
}

const quoted = (text: string): string => `'${text.replace(/'/g, "''")}'`;
