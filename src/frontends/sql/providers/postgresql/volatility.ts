import type { Volatility } from '../../../../ir/index.js';
import { callVolatility, combined, functionVolatility } from '../../function-volatility.js';
import { node, nodes, strings, text, typed, type Node } from './tree.js';
import { isBuiltIn, isText } from './types.js';

/** No default that a person wrote nests deeper. */
const DEPTH_LIMIT = 50;

/** How long the value of an expression holds; nothing where a part of it is not known. */
export function volatilityOf(value: unknown, depth = 0): Volatility | undefined {
  if (depth > DEPTH_LIMIT) return undefined;
  const [type, fields] = typed(value);
  const parts = (list: unknown): (Volatility | undefined)[] => nodes(list).map((each) => volatilityOf(each, depth + 1));
  switch (type) {
    case 'A_Const':
      return 'immutable';
    case 'SQLValueFunction':
      return 'stable';
    case 'FuncCall':
      return callVolatility(called(fields), parts(fields.args));
    case 'TypeCast':
      return castVolatility(fields, depth);
    case 'A_Expr':
      return operatorVolatility(fields, depth);
    case 'A_ArrayExpr':
      return combined(parts(fields.elements));
    case 'List':
      return combined(parts(fields.items));
    case 'CoalesceExpr':
    case 'MinMaxExpr':
    case 'BoolExpr':
    case 'RowExpr':
      return combined(parts(fields.args));
    case 'NullTest':
    case 'BooleanTest':
    case 'CollateClause':
      return volatilityOf(fields.arg, depth + 1);
    case 'CaseExpr': {
      const branches = nodes(fields.args).flatMap(({ CaseWhen }) => [node(CaseWhen).expr, node(CaseWhen).result]);
      const all = [...branches, ...[fields.arg, fields.defresult].filter((each) => each !== undefined)];
      // The values are compared by an operator, which hangs on their types.
      return atLeastStable(combined(all.map((each) => volatilityOf(each, depth + 1))), fields.arg === undefined);
    }
    default:
      return undefined;
  }
}

function called({ funcname }: Node) {
  const [last, schema] = strings(funcname).reverse();
  return functionVolatility(last ?? '', schema, 'postgresql');
}

/** Operators of PostgreSQL's own are immutable or stable, by the types that they are used with. */
function operatorVolatility({ kind, lexpr, rexpr, name }: Node, depth: number): Volatility | undefined {
  const sides = [lexpr, rexpr].filter((each) => each !== undefined);
  const values = sides.map((each) => volatilityOf(each, depth + 1));
  const simple = kind === 'AEXPR_OP' && /^[-+*/]$/.test(strings(name).join('.')) && sides.every(isNumber);
  return atLeastStable(combined(values), simple);
}

const isNumber = (value: unknown): boolean => {
  const { A_Const } = node(value);
  return A_Const !== undefined && ('ival' in node(A_Const) || 'fval' in node(A_Const));
};

/** What a step adds that may itself be stable: nothing where the value already is, else it is not known. */
const atLeastStable = (value: Volatility | undefined, immutable: boolean): Volatility | undefined =>
  value === 'immutable' && !immutable ? undefined : value;

function castVolatility({ arg, typeName }: Node, depth: number): Volatility | undefined {
  const own = volatilityOf(arg, depth + 1);
  // The server works a cast of a literal out once. What a cast of one's own does is not known.
  if (isLiteral(arg) || (isText(typeName) && isTextValue(arg))) return own;
  if (own === 'stable') return isBuiltIn(typeName) ? own : undefined;
  return own === 'volatile' ? own : undefined;
}

function isLiteral(value: unknown): boolean {
  const [type, fields] = typed(value);
  return (
    type === 'A_Const' || (type === 'A_ArrayExpr' && elements(fields).every((each) => typed(each)[0] === 'A_Const'))
  );
}

/** The items of an array; the grammar has them in a list of their own in one version and bare in another. */
const elements = ({ elements }: Node): Node[] =>
  nodes(elements).flatMap((each) => ('List' in each ? nodes(node(each.List).items) : [each]));

/** A literal as text, as in `('x'::varchar)::text`, which a dump writes. */
function isTextValue(value: unknown): boolean {
  const [type, fields] = typed(value);
  if (type === 'TypeCast') return isText(fields.typeName) && isTextValue(fields.arg);
  return type === 'A_Const' && text(node(fields.sval).sval) !== '';
}
