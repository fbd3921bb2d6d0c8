import type { HoleProvenance } from '../../../ir/index.js';
import type { Param } from '../syntax/nodes.js';
import type { Frame } from './frames.js';

/** What calls give, by the callee's name. `through`: what its arguments or receiver are. */
const calls: readonly [RegExp, HoleProvenance | 'through'][] = [
  [/^(?:int|float|len|bool|round|abs|ord|sum|hash|id)$|(?:^|\.)(?:Decimal|timedelta)$/, 'numeric'],
  [/^next$/, 'through'],
  [/^itertools\.count$/, 'numeric'],
  [/(?:^|\.)(?:isoformat|timestamp|toordinal|bit_length|count|index)$/, 'numeric'],
  [
    /(?:^|\.)uuid[1345]$|(?:^|\.)token_(?:hex|urlsafe)$|(?:^|\.)(?:now|utcnow|today)$|^time\.time$|(?:^|\.)UUID$/,
    'generated',
  ],
  [/(?:^|\.)(?:getenv|environ\.get)$|(?:^|\.)(?:settings|config|conf)\.\w+$/, 'configuration'],
  [
    /(?:^|\.)(?:quote|quote_identifier|quote_schema|format_table|format_column|format_index|quote_ident|_quote_ident|quote_name|Identifier|quoted_name)$/,
    'quoted-identifier',
  ],
  [
    /(?:^|\.)(?:quote_literal|_quote_literal|escape_string|escape|literal|Literal|Placeholder|QuotedString)$/,
    'quoted-literal',
  ],
  [
    /(?:^|\.)(?:fetchone|fetchall|fetchmany|fetchval|fetchrow|fetch|scalar|scalars|scalar_one|scalar_one_or_none|mappings|execute|get_table_names|get_columns|get_indexes|get_view_names)$/,
    'database',
  ],
  [/^(?:flask\.)?request\.|^input$/, 'request'],
  [/^(?:str|repr|list|sorted|tuple|set|dict|max|min|zip|enumerate|reversed|map|filter)$/, 'through'],
];

const transparent = new Set(
  'strip lstrip rstrip lower upper title capitalize encode decode format replace join split get items keys values copy pop removeprefix removesuffix all first one dedent'.split(
    ' ',
  ),
);

export function classifyCall(name: string, method: string | undefined): HoleProvenance | 'through' | undefined {
  const found = calls.find(([pattern]) => pattern.test(name))?.[1];
  if (found !== undefined) return found;
  return method !== undefined && transparent.has(method) ? 'through' : undefined;
}

/** Classes whose values can't carry SQL. */
const harmless = /^(?:int|float|bool|complex)$|(?:^|\.)(?:Decimal|UUID|datetime|date|time|timedelta)$|(?:^|\.)\w*Enum$/;

/** Methods of a router or an application that make the decorated function answer requests. */
const routes = /\.(?:get|post|put|patch|delete|head|options|route|api_route|websocket|command)(?:\(\))?$/;

/** Things that a framework hands to a handler that are not what a client sent. */
const injected =
  /(?:^|\.)(?:Session|AsyncSession|Connection|AsyncConnection|Engine|Cursor|BackgroundTasks|Response|Depends)$/;

/**
 * What a parameter may hold.
 * @param typed the name of its annotation
 * @param decorators names of the function's decorators
 */
export function parameterOrigin(
  param: Param,
  frame: Frame,
  typed: string | undefined,
  decorators: readonly string[],
  source: string,
): HoleProvenance {
  if (/^(?:self|cls)$/.test(param.name)) return 'opaque';
  const annotation = param.annotation === undefined ? '' : source.slice(param.annotation.start, param.annotation.end);
  const byDefault = param.default === undefined ? '' : source.slice(param.default.start, param.default.end);
  if (typed !== undefined && harmless.test(typed) && !/\bstr\b/.test(annotation)) return 'numeric';
  if (/^(?:typing\.)?Literal\[/.test(annotation)) return 'constant';
  const isInjected = (typed !== undefined && injected.test(typed)) || /\bDepends\(/.test(annotation + byDefault);
  if (isInjected) return 'opaque';
  if (decorators.some((name) => routes.test(name))) return 'request';
  const first = frame.params.find(({ name }) => !/^(?:self|cls)$/.test(name));
  const isView = first?.name === 'request' || (first?.name === 'event' && frame.params.length === 2);
  return isView ? 'request' : 'parameter';
}
