import { ts } from 'ts-morph';
import type { Anchor, Dialect, FileFacts, HoleProvenance, SiteHole, SqlSite } from '../../../ir/index.js';
import { rank } from '../../hole-provenance.js';
import { holePositions, readEmbedded, startsLikeStatement, takesNoParameters } from '../../sql/embedded.js';
import type { EmbeddedText } from '../../sql/embedded-text.js';
import { declarationOf } from '../values/bindings.js';
import { limited } from '../values/scope.js';
import { dialectAround } from '../typeorm/guards.js';
import { bare, listOf, nameText, spanOf } from '../syntax.js';
import type { Bare } from '../drivers/driver.js';
import { dialectOf, functionSink, sinkMethods, sinksOf, type Sink } from '../drivers/tables.js';
import { ownCodeAt } from '../own-code.js';
import type { Unit } from '../unit.js';
import { pinned, type Origin } from '../values/values.js';
import { provenanceOf, worst } from './provenance.js';
import { returnsOf } from './flow.js';
import { exportOf } from './exports.js';
import { nameOnlyMethods, plausibleReceiver } from './names.js';
import { receiverOf } from './receivers.js';
import { expand, isGap, type Frame, type Gap, type Piece } from './skeleton.js';
import { contextOf } from '../use-context.js';

/** Steps to follow what reaches one call, and all calls of a file: code can be written so that each name doubles them. */
const maxSteps = 20_000;
const maxStepsInFile = 100_000;

/** Holes beyond this many are not looked at one by one. */
const maxHoles = 100;

/** One argument that reaches a database API. */
interface Target {
  node: ts.CallExpression | ts.NewExpression;
  argument: ts.Expression;
  api: string;
  method: string;
  library: string;
  kind: SqlSite['kind'];
  bare: Bare;
  confidence: SqlSite['confidence'];
}

/** Adds the places where text with holes reaches a database API, and the statements that code outside of migrations sends. */
export function sqlSites(unit: Unit, facts: FileFacts): void {
  const context = contextOf(facts);
  let left = maxStepsInFile;
  for (const node of unit.calls) {
    if (ts.isTaggedTemplateExpression(node)) continue;
    for (const target of targetsOf(node)) {
      const given = Math.min(left, maxSteps);
      const scope = limited(unit.scope, given);
      readTarget(target, { scope, args: new Map() }, context, facts);
      left -= given - Math.max(scope.budget.steps, 0);
    }
  }
}

function targetsOf(node: ts.CallExpression | ts.NewExpression): Target[] {
  const callee = bare(node.expression);
  const named = functionTarget(node, callee);
  if (named) return named;
  if (!ts.isPropertyAccessExpression(callee) || !ts.isCallExpression(node)) return [];
  const method = callee.name.text;
  if (!sinkMethods.has(method) && !nameOnlyMethods.has(method)) return [];
  const receiver = receiverOf(callee.expression);
  if (receiver !== undefined) {
    return sinksOf(receiver, method).flatMap((sink) =>
      (node.arguments[sink.argument] ? argumentsIn(node.arguments[sink.argument]!, sink) : []).map((argument) =>
        target(node, argument, sink),
      ),
    );
  }
  const [argument] = node.arguments;
  if (!argument || !nameOnlyMethods.has(method) || !plausibleReceiver.test(lastName(callee.expression))) return [];
  return objectText(argument).map((each) => ({
    node,
    argument: each,
    api: `${lastName(callee.expression)}.${method}()`,
    method,
    library: 'unknown',
    kind: 'sql',
    bare: 'request',
    confidence: 'medium',
  }));
}

const target = (node: ts.CallExpression, argument: ts.Expression, sink: Sink): Target => ({
  node,
  argument,
  api: `${sink.type}.${sink.method}()`,
  method: sink.method,
  library: sink.library,
  kind: sink.kind,
  bare: sink.bare,
  confidence: 'high',
});

function functionTarget(node: ts.CallExpression | ts.NewExpression, callee: ts.Expression): Target[] | undefined {
  const origin = exportOf(callee);
  const sink = origin && (configuredSink(origin, callee) ?? functionSink(origin.module, origin.name));
  if (!origin || !sink) return undefined;
  const argument = node.arguments?.[sink.argument];
  if (!argument) return [];
  const name = origin.name === 'default' ? callee.getText() : origin.name;
  return functionBodies(argument).map((each) => ({
    node,
    argument: each,
    api: ts.isNewExpression(node) ? `new ${name}()` : `${name}()`,
    method: name,
    library: sink.library,
    kind: sink.kind,
    bare: sink.bare,
    confidence: 'high',
  }));
}

/** A function of the project that the configuration says runs SQL. */
function configuredSink(origin: Origin, callee: ts.Expression): ReturnType<typeof functionSink> {
  const argument = ownCodeAt(callee)?.sqlArgument(origin);
  return argument === undefined ? undefined : { argument, kind: 'sql', bare: 'request', library: 'unknown' };
}

/** The last name of a receiver: `pool` of `this.pool` and of `pool()`. */
function lastName(node: ts.Expression): string {
  let owner = bare(node);
  while (ts.isCallExpression(owner)) owner = bare(owner.expression);
  if (ts.isIdentifier(owner)) return owner.text;
  return ts.isPropertyAccessExpression(owner) ? owner.name.text : '';
}

/** The expressions inside an argument that are text: the argument itself, and what the sink says of objects and functions. */
function argumentsIn(argument: ts.Expression, sink: Sink): ts.Expression[] {
  const node = bare(argument);
  if (sink.within?.functions)
    return ts.isObjectLiteralExpression(node) ? node.properties.flatMap(functionProperty) : [];
  if (sink.within?.properties) return objectText(node, sink.within.properties);
  if (ts.isObjectLiteralExpression(node)) return sink.within?.keys ? node.properties.flatMap(computedKey) : [];
  if (ts.isArrayLiteralExpression(node)) return [...node.elements];
  // `where((qb) => …)` and Brackets hold calls that are looked at by themselves; only a text that they return counts.
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return functionBodies(node).filter(looksLikeText);
  return ts.isNewExpression(node) ? [] : [node];
}

const looksLikeText = (node: ts.Expression): boolean => {
  const inner = bare(node);
  return (
    ts.isTemplateExpression(inner) ||
    ts.isStringLiteralLike(inner) ||
    (ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.PlusToken)
  );
};

function functionBodies(argument: ts.Expression): ts.Expression[] {
  const node = bare(argument);
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node) ? returnsOf(node) : [node];
}

const functionProperty = (property: ts.ObjectLiteralElementLike): ts.Expression[] =>
  ts.isPropertyAssignment(property) &&
  (ts.isArrowFunction(property.initializer) || ts.isFunctionExpression(property.initializer))
    ? returnsOf(property.initializer)
    : [];

const computedKey = (property: ts.ObjectLiteralElementLike): ts.Expression[] =>
  property.name && ts.isComputedPropertyName(property.name) ? [property.name.expression] : [];

/** `{ text: … }`, also through a constant that holds the object. */
function objectText(argument: ts.Expression, properties: readonly string[] = ['text', 'sql']): ts.Expression[] {
  const node = bare(argument);
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.flatMap((each) =>
      ts.isPropertyAssignment(each) && properties.includes(nameText(each.name) ?? '') ? [each.initializer] : [],
    );
  }
  if (ts.isIdentifier(node)) {
    const declaration = declarationOf(node.text, node);
    const initializer =
      declaration?.kind === 'variable' && declaration.path.length === 0 ? declaration.node.initializer : undefined;
    if (initializer && ts.isObjectLiteralExpression(bare(initializer))) return objectText(initializer, properties);
  }
  return [node];
}

function readTarget(target: Target, frame: Frame, context: SqlSite['context'], facts: FileFacts): void {
  const dialect = dialectOf(target.library) ?? dialectAround(target.node, frame.scope, facts.dialect);
  const kind = target.kind === 'sql' ? 'sql' : 'fragment';
  const alternatives = expand(target.argument, frame);
  const first = plainText(alternatives[0]!);
  if (target.confidence === 'medium' && !startsLikeStatement(first)) return;
  if (context !== 'migration' && kind === 'sql' && isStatement(target, alternatives[0]!, first)) {
    facts.statements.push(...readEmbedded(embedded(alternatives[0]!), { dialect, inTransaction: 'unknown' }));
  }
  const sites = alternatives.flatMap((pieces) => siteOf(target, pieces, kind, dialect, context) ?? []);
  const [site] = sites.sort((left, right) => severity(right) - severity(left));
  if (site) facts.sites.push(site);
}

/** What a sink is certain to run is a statement, however it starts: a mistyped verb is one that cannot be parsed. */
const isStatement = ({ confidence }: Target, pieces: readonly Piece[], text: string): boolean =>
  startsLikeStatement(text) || (confidence === 'high' && !pieces.some(isGap) && text.trim() !== '');

const severity = (site: SqlSite): number => rank(worst(site.holes.map((hole) => hole.provenance)));

function siteOf(
  target: Target,
  pieces: Piece[],
  kind: 'sql' | 'fragment',
  dialect: Dialect,
  context: SqlSite['context'],
): SqlSite | undefined {
  const gaps = pieces.filter(isGap);
  if (gaps.length === 0) return undefined;
  const named = new Set(pieces.filter((piece, index) => isGap(piece) && namesParameter(pieces[index - 1])));
  const provenances = gaps.map((gap, index): HoleProvenance => {
    const found = index < maxHoles ? provenanceOf(gap.node, gap.frame) : 'opaque';
    return named.has(gap) && found !== 'request' ? 'placeholders' : found;
  });
  const visible = pieces.some((piece) => !isGap(piece) && piece.value.trim() !== '');
  if (!visible && !reportsBare(target.bare, worst(provenances))) return undefined;
  const positions = holePositions([...clauseOf(target), ...embedded(pieces)], kind, dialect);
  const text = plainText(pieces);
  return {
    span: spanOf(target.argument),
    call: spanOf(target.node),
    api: target.api,
    library: target.library,
    kind: target.kind,
    confidence: target.confidence,
    context,
    dialect,
    skeleton: skeletonOf(pieces),
    holes: gaps.map((gap, index) => {
      const position = visible ? (positions[index] ?? 'fragment') : 'fragment';
      return holeOf(gap, provenances[index]!, named.has(gap) ? 'value' : position);
    }),
    parameters: hasParameters(target),
    ddl: kind === 'sql' && (takesNoParameters(text) || target.method === 'pragma'),
    anchor: { span: spanOf(target.node), indent: '', lists: listsOf(target), points: {} },
  };
}

/** The words that the library puts before a fragment: they tell a sort direction from what is sorted by. */
function clauseOf({ node, method }: Target): EmbeddedText {
  const clause = /^(?:addO|o)rderBy/.test(method) ? 'ORDER BY ' : /^(?:addG|g)roupBy/.test(method) ? 'GROUP BY ' : '';
  return clause === '' ? [] : [pinned(clause, { start: node.getStart(), end: node.getStart() })];
}

/** `:${name}`, `:...${name}` and `$${number}` name a bound parameter; `::${type}` does not. */
const namesParameter = (before: Piece | undefined): boolean =>
  before !== undefined && !isGap(before) && /(?:^|[^:]):(?:\.\.\.)?$|\$$/.test(before.value);

function reportsBare(rule: Bare, provenance: HoleProvenance): boolean {
  if (provenance === 'request') return true;
  if (rule === 'param') return provenance === 'parameter';
  return rule === 'report' && rank(provenance) >= rank('configuration');
}

function holeOf(gap: Gap, provenance: HoleProvenance, position: SiteHole['position']): SiteHole {
  return { span: spanOf(gap.node), text: gap.node.getText(), provenance, position, trail: [...gap.trail].reverse() };
}

function skeletonOf(pieces: readonly Piece[]): (string | number)[] {
  const skeleton: (string | number)[] = [];
  let holes = 0;
  for (const piece of pieces) {
    const last = skeleton.at(-1);
    if (isGap(piece)) skeleton.push(holes++);
    else if (typeof last === 'string') skeleton[skeleton.length - 1] = last + piece.value;
    else skeleton.push(piece.value);
  }
  return skeleton;
}

const plainText = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (isGap(piece) ? ' ' : piece.value)).join('');

const embedded = (pieces: readonly Piece[]): EmbeddedText =>
  pieces.map((piece) => (isGap(piece) ? { span: spanOf(piece.node), style: 'js' as const, bound: false } : piece));

/** The arguments of the call, and the options that stand behind the text. */
function listsOf({ node, argument }: Target): Anchor['lists'] {
  const options = behind(node, argument);
  return {
    call: listOf(node),
    ...(options && ts.isObjectLiteralExpression(options) && { options: listOf(options) }),
  };
}

/** The argument after the text. */
function behind(node: Target['node'], argument: ts.Expression): ts.Expression | undefined {
  const index = node.arguments?.findIndex((each) => bare(each) === bare(argument)) ?? -1;
  const next = index >= 0 ? node.arguments?.[index + 1] : undefined;
  return next && bare(next);
}

/** Options of sequelize that hold values. */
const holdsValues = /^(?:bind|replacements|values)$/;

function hasParameters({ node, argument, library }: Target): boolean {
  const next = behind(node, argument);
  if (next && library === 'sequelize' && ts.isObjectLiteralExpression(next))
    return next.properties.some((each) => holdsValues.test(nameText(each.name) ?? '…'));
  if (next && !ts.isArrowFunction(next) && !ts.isFunctionExpression(next)) return true;
  const holder = argument.parent.parent as ts.Node | undefined;
  return (
    holder !== undefined &&
    ts.isObjectLiteralExpression(holder) &&
    holder.properties.some((each) => /^(?:values|args)$/.test(nameText(each.name) ?? ''))
  );
}
