import { urlParts } from '../../database-url.js';
import type { Engine } from '../../../ir/index.js';
import type { At } from '../injection/frames.js';
import { spanOf } from '../source.js';
import type { Expr, Node } from '../syntax/nodes.js';
import { piecesOf } from './pieces.js';
import type { UrlReader } from './url.js';
import type { Path } from './walk.js';

/** A URL of a database server from its first character to its last. */
const url =
  /^(?:postgres(?:ql)?|mysql|mariadb|mssql|oracle|cockroachdb|redshift|clickhouse|snowflake)(?:\+\w+)?:\/\/[^\s]*$/;

/** Keywords whose text is for people. */
const prose = /^(?:help|description|doc|title|example|examples|placeholder|metavar|match|reason)$/;

/** A URL with a password in it that is written down in a value: an assignment, an argument, a default, an entry. */
export function writtenUrlOf(
  node: Node,
  around: Path | undefined,
  urls: UrlReader,
  at: () => At,
): Omit<Engine, 'place' | 'context'> | undefined {
  if ((node.kind !== 'Str' && node.kind !== 'FString') || around === undefined || !isValue(node, around))
    return undefined;
  const first =
    node.kind === 'Str' ? node.value : node.parts.map((part) => ('hole' in part ? 'x' : part.value)).join('');
  if (!url.test(first)) return undefined;
  const parts = urlParts(piecesOf(node, at(), urls.tracer), spanOf(node));
  if (parts?.password === undefined) return undefined;
  return {
    kind: 'url',
    api: nameOf(around.node) ?? 'URL',
    library: parts.driver ?? 'database',
    asynchronous: 'unknown',
    url: { span: spanOf(node), from: 'text', parts },
    options: [],
    span: spanOf(node),
  };
}

function isValue(node: Expr, { node: outer, around }: Path): boolean {
  if (outer.kind === 'Call') return !outer.keywords.some(({ name, value }) => value === node && prose.test(name ?? ''));
  if (outer.kind === 'List' || outer.kind === 'Tuple')
    return around !== undefined && around.node.kind !== 'Compare' && isValue(outer, around);
  return /^(?:Assign|AnnAssign|Dict|Return|FunctionDef|BoolOp|IfExp|NamedExpr)$/.test(outer.kind);
}

function nameOf(outer: Node): string | undefined {
  const target = outer.kind === 'Assign' ? outer.targets[0] : outer.kind === 'AnnAssign' ? outer.target : undefined;
  return target?.kind === 'Name' ? target.id : target?.kind === 'Attribute' ? target.attr : undefined;
}
