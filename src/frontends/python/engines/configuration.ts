import type { Engine, Span } from '../../../ir/index.js';
import type { At } from '../injection/frames.js';
import { anchorAt, bracketList, spanOf } from '../source.js';
import type { Expr, Node } from '../syntax/nodes.js';
import { entriesOf, optionOf } from './options.js';
import type { UrlReader } from './url.js';
import type { Path } from './walk.js';

type Found = Omit<Engine, 'place' | 'context'>;

const settings = /^SQLALCHEMY_(?:DATABASE_URI|ECHO|ENGINE_OPTIONS)$/;

/** A setting of Flask-SQLAlchemy, however it is given. */
export function configurationOf(
  node: Node,
  around: Path | undefined,
  urls: UrlReader,
  at: () => At,
): Found | undefined {
  const given = assignmentOf(node, around);
  if (given === undefined || !settings.test(given.name)) return undefined;
  const { name, value, span } = given;
  const found: Found = {
    kind: 'configuration',
    api: name,
    library: 'flask-sqlalchemy',
    asynchronous: false,
    options: [],
    span: spanOf(span),
  };
  if (name === 'SQLALCHEMY_DATABASE_URI') return { ...found, url: urls.read(value, at()) };
  if (name === 'SQLALCHEMY_ECHO') return { ...found, options: [optionOf('echo', span, value, at(), urls.tracer)] };
  const options = entriesOf(value, at(), urls.tracer);
  const { source } = urls.tracer.reading;
  const list = bracketList(value, source);
  return {
    ...found,
    options: options ?? [],
    ...(options === undefined && { open: true as const }),
    ...(list && { anchor: anchorAt(source, span, { options: list }) }),
  };
}

/** `NAME = …`, `config["NAME"] = …`, `{"NAME": …}`, `update(NAME=…)`. */
function assignmentOf(node: Node, around: Path | undefined): { name: string; value: Expr; span: Span } | undefined {
  if (node.kind === 'Assign' || node.kind === 'AnnAssign') {
    const target = node.kind === 'Assign' ? node.targets[0] : node.target;
    if (target === undefined || node.value === undefined) return undefined;
    const key = target.kind === 'Subscript' ? target.slices[0] : undefined;
    const name =
      target.kind === 'Name'
        ? target.id
        : target.kind === 'Attribute'
          ? target.attr
          : key?.kind === 'Str'
            ? key.value
            : undefined;
    return name === undefined ? undefined : { name, value: node.value, span: node };
  }
  const outer = around?.node;
  if (outer?.kind === 'Dict') {
    const entry = outer.entries.find(({ value }) => value === node);
    if (entry?.key?.kind !== 'Str') return undefined;
    return { name: entry.key.value, value: entry.value, span: { start: entry.key.start, end: entry.value.end } };
  }
  if (
    outer?.kind !== 'Call' ||
    !/^(?:update|from_mapping|setdefault)$/.test(outer.func.kind === 'Attribute' ? outer.func.attr : '')
  )
    return undefined;
  const keyword = outer.keywords.find(({ value }) => value === node);
  if (keyword?.name !== undefined) return { name: keyword.name, value: keyword.value, span: keyword };
  const [key, value] = outer.args;
  return key?.kind === 'Str' && value === node ? { name: key.value, value, span: outer } : undefined;
}
