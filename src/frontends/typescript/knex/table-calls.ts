import { ts } from 'ts-morph';
import type { Anchor, Dialect, Guard, Name, Span, Text } from '../../../ir/index.js';
import type { BodyReader, Circumstances, Enter } from '../bodies.js';
import { chainOf, type Chain, type Link } from '../chains.js';
import { bare, indentAt, placeRead, spanOf } from '../syntax.js';
import { evaluate } from '../values/evaluate.js';
import type { Scope } from '../values/scope.js';
import { nameOf } from './names.js';
import { columnMethod } from './types.js';
import { argumentsOf, pathOn, valueOf, type Argument } from './values.js';
import type { Value } from '../values/values.js';

/** What is the same for everything that a callback says of its table. */
interface Said {
  span: Span;
  guard?: Guard;
  repeated?: true;
}

/** A call with its arguments evaluated. */
export interface Call {
  args: Argument[];
  span: Span;
}

/** `t.string('email', 100).notNullable().defaultTo('x').alter()` */
export interface ColumnCall extends Said {
  kind: 'column';
  /** In the spelling of `columnMethod`. */
  method: string;
  name: Name;
  /** Those behind the name. */
  args: Argument[];
  /** By name: the last call counts. */
  modifiers: Map<string, Call>;
  /** Set by `.alter()`: what of the column is restated. */
  alter?: { nullable: boolean; type: boolean };
  /** Methods that Knex itself does not have. */
  foreignMethods: string[];
  anchor?: Anchor;
}

/** The foreign key that `foreign()` or a column's `references()` begins. */
export interface ForeignCall extends Said {
  kind: 'foreign';
  columns: Argument;
  name?: Argument;
  references?: Argument;
  inTable?: Argument;
  onDelete?: Argument;
  onUpdate?: Argument;
  deferrable?: Argument;
  anchor?: Anchor;
}

/** Any other method of a table: `index`, `dropColumn`, `renameColumn`. A column's own `.index()` names the column first. */
export interface PartCall extends Said, Call {
  kind: 'part';
  method: string;
}

export type TableCall = ColumnCall | ForeignCall | PartCall;

/** Calls that set an option of the whole table. */
const options = new Set(['engine', 'charset', 'collate', 'inherits', 'queryContext']);

const parts = new Set(
  (
    'index primary unique dropPrimary dropPrimaryIfExists dropUnique dropUniqueIfExists dropIndex dropForeign dropForeignIfExists ' +
    'timestamps renameColumn dropTimestamps setNullable dropNullable check dropChecks dropColumn dropColumns'
  ).split(' '),
);

const modifierNames = new Map<string, string>(
  (
    'defaultTo unsigned nullable first after comment collate checkPositive checkNegative checkIn checkNotIn checkBetween ' +
    'checkLength checkRegex'
  )
    .split(' ')
    .map((name) => [name, name]),
)
  .set('default', 'defaultTo')
  .set('defaultsTo', 'defaultTo');

/** Reads the body of the callback of `createTable` and `alterTable`, in which one parameter is the table's builder. */
export class TableReader implements BodyReader {
  readonly calls: TableCall[] = [];
  comment?: Text & { known: boolean };
  inherits = false;
  /** Why there may be more than `calls`. */
  readonly unread: string[] = [];

  constructor(
    /** The function, in which `this` is the builder too. */
    private readonly callback: ts.Expression,
    private readonly dialect: Dialect,
    /** Reads what is no call on the table. */
    private readonly outer: BodyReader,
  ) {}

  call(node: ts.CallExpression, scope: Scope, at: Circumstances, enter: Enter): boolean {
    const chain = chainOf(node);
    if (!this.isBuilder(chain.root, scope)) return this.outer.call(node, scope, at, enter);
    this.read(chain, scope, at);
    return true;
  }

  guard(condition: ts.Expression, scope: Scope, holds: boolean): Guard {
    return this.outer.guard(condition, scope, holds);
  }

  caseGuard(subject: ts.Expression, labels: readonly ts.Expression[], scope: Scope): Guard | undefined {
    return this.outer.caseGuard?.(subject, labels, scope);
  }

  unfollowed(node: ts.CallExpression, scope: Scope, at: Circumstances): void {
    if (node.arguments.some((argument) => this.isBuilder(argument, scope)))
      this.unread.push(`${node.expression.getText()}() is not followed`);
    else this.outer.unfollowed(node, scope, at);
  }

  cut(node: ts.Node, at: Circumstances): void {
    this.unread.push('what follows is too long or too deep to be read');
    this.outer.cut(node, at);
  }

  private isBuilder(node: ts.Expression, scope: Scope): boolean {
    if (node.kind === ts.SyntaxKind.ThisKeyword) return functionAround(node) === this.callback;
    return ts.isIdentifier(node) && pathOn(evaluate(node, scope), 'table builder')?.length === 0;
  }

  private read(chain: Chain, scope: Scope, at: Circumstances): void {
    const said = (span: Span): Said => ({
      span,
      ...(at.guard && { guard: at.guard }),
      ...(at.repeated && { repeated: true as const }),
    });
    const whole = { start: spanOf(chain.root).start, end: chain.links.at(-1)!.span.end };
    const anchor = at.repeated ? undefined : statementAnchor(chain, whole);
    const anchored = anchor && { anchor };
    const args = (link: Link): Argument[] => link.args.flatMap((each) => argumentsOf(each, scope, this.dialect));
    let column: ColumnCall | undefined;
    let key: ForeignCall | undefined;
    for (const link of chain.links) {
      const { name = '' } = link;
      const given = args(link);
      const method = columnMethod(name);
      if (column && this.modify(column, name, { args: given, span: link.span })) continue;
      if (key && extendKey(key, name, given)) continue;
      if (column && (name === 'references' || name === 'foreign')) {
        key = { kind: 'foreign', ...said(whole), columns: columnAs(column), ...anchored };
        extendKey(key, name, given);
        this.calls.push(key);
      } else if (column && (name === 'index' || name === 'unique' || name === 'primary')) {
        if (!column.method.includes('increments'))
          this.calls.push({
            kind: 'part',
            method: name,
            args: [columnAs(column), ...given],
            ...said(link.span),
          });
      } else if (column) column.foreignMethods.push(name);
      else if (method !== undefined && link.call) {
        column = {
          kind: 'column',
          method,
          name: given.length === 0 ? unnamed(method, link.span) : nameOf(valueOf(given[0]), link.span),
          args: given.slice(1),
          modifiers: new Map(),
          foreignMethods: [],
          ...said(whole),
          ...anchored,
        };
        this.calls.push(column);
      } else if (name === 'foreign') {
        key = { kind: 'foreign', ...said(whole), columns: given[0] ?? nothing(link.span), ...anchored };
        if (given[1]) key.name = given[1];
        this.calls.push(key);
      } else if (parts.has(name)) this.calls.push({ kind: 'part', method: name, args: given, ...said(whole) });
      else if (name === 'comment') {
        const text = valueOf(given[0]);
        const value = text?.kind === 'text' ? nameOf(text, link.span) : undefined;
        if (text)
          this.comment = { value: value?.value ?? '', span: text.span, known: value !== undefined && !value.unknown };
      } else if (name === 'inherits') this.inherits = true;
      else if (!options.has(name)) this.unread.push(`${name}() is not known`);
    }
  }

  private modify(column: ColumnCall, name: string, call: Call): boolean {
    const modifier = modifierNames.get(name);
    if (modifier !== undefined) column.modifiers.set(modifier, call);
    else if (name === 'notNullable' || name === 'notNull')
      column.modifiers.set('nullable', { args: [{ kind: 'known', value: false, span: call.span }], span: call.span });
    else if (name === 'alter') {
      const value = valueOf(call.args[0]);
      const isOff = (key: string): boolean =>
        value?.kind === 'object' &&
        value.entries.some((entry) => entry.key === key && entry.value.kind === 'known' && entry.value.value === false);
      column.alter = { nullable: !isOff('alterNullable'), type: !isOff('alterType') };
    } else return name === 'queryContext';
    return true;
  }
}

const nothing = (span: Span): Value => ({ kind: 'undefined', span });

/** Knex calls an auto-incrementing column `id`, and refuses others without a name. */
const unnamed = (method: string, span: Span): Name =>
  method.includes('increments')
    ? { value: 'id', quoted: true, span, generated: true }
    : { value: '', quoted: true, span, unknown: true };

const columnAs = ({ name }: ColumnCall): Value =>
  name.unknown
    ? { kind: 'unknown', why: 'the column name is computed', span: name.span }
    : { kind: 'text', parts: [{ value: name.value, offsets: [[0, name.span.start]] }], span: name.span };

/** Reads what a foreign key's chain goes on with; false where it is for the column. */
function extendKey(key: ForeignCall, name: string, [first]: Argument[]): boolean {
  if (first === undefined) return false;
  switch (name) {
    case 'references':
      key.references = first;
      return true;
    case 'inTable':
    case 'on':
      key.inTable = first;
      return true;
    case 'withKeyName':
      key.name = first;
      return true;
    case 'onDelete':
    case 'onUpdate':
    case 'deferrable':
      key[name] = first;
      return true;
    default:
      return false;
  }
}

/** The function that gives `this` its meaning. */
function functionAround(node: ts.Node): ts.Node | undefined {
  let at: ts.Node | undefined = node.parent;
  while (at && (!ts.isFunctionLike(at) || ts.isArrowFunction(at))) at = at.parent;
  return at;
}

/** Points: the builder as it is called. Only for a chain that is a statement of the file at hand. */
function statementAnchor(chain: Chain, span: Span): Anchor | undefined {
  const { root } = chain;
  if (placeRead(root.getSourceFile())) return undefined;
  let whole: ts.Node = root;
  while (!ts.isStatement(whole) && whole.parent) whole = whole.parent;
  if (!ts.isExpressionStatement(whole) || whole.getStart() !== span.start) return undefined;
  return {
    span,
    indent: indentAt(root.getSourceFile().text, span.start),
    lists: {},
    points: { builderStart: span.start, builderEnd: root.getEnd() },
  };
}

/** Points: behind the opening brace of a callback, and the builder as it is called there. */
export function callbackAnchor(callback: ts.Expression, span: Span): Anchor | undefined {
  const node = bare(callback);
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return undefined;
  if (!ts.isBlock(node.body) || placeRead(node.getSourceFile())) return undefined;
  const [first] = node.body.statements;
  const name = node.parameters[0]?.name;
  if (!first || !name || !ts.isIdentifier(name)) return undefined;
  const start = first.getStart();
  return {
    span,
    indent: indentAt(node.getSourceFile().text, start),
    lists: {},
    points: { first: start, builderStart: name.getStart(), builderEnd: name.getEnd() },
  };
}
