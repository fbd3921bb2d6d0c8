import { ts } from 'ts-morph';
import type { HoleProvenance } from '../../../ir/index.js';
import { rank } from '../../hole-provenance.js';
import { declarationOf, type Declaration } from '../values/bindings.js';
import { methodOf } from '../methods.js';
import { evaluate } from '../values/evaluate.js';
import { functionOf } from '../values/functions.js';
import { functionSink } from '../drivers/tables.js';
import { originOf } from '../linking/imports.js';
import { bare, decoratorsOf, hasModifier, nameText } from '../syntax.js';
import { isHole, type Value } from '../values/values.js';
import { assignmentsOf, pushesTo, returnsOf } from './flow.js';
import { exportOf } from './exports.js';
import { guardedAs } from './guards.js';
import { fieldDeclaration, receiverOf } from './receivers.js';
import { isTransparentTag, type Frame } from './skeleton.js';
import {
  annotated,
  constantName,
  databaseCall,
  numericCall,
  quoters,
  requestDecorator,
  requestObject,
  requestType,
} from './sources.js';

/** What is made of several values is as bad as the worst. */
export const worst = (all: readonly HoleProvenance[]): HoleProvenance =>
  all.reduce((left, right) => (rank(right) > rank(left) ? right : left), 'constant');

const maxDepth = 14;

interface Walk {
  frame: Frame;
  depth: number;
  /** Declarations being looked at, so that `x = x + y` ends. */
  open: readonly ts.Node[];
}

/** Where a value comes from, as far as the file tells. */
export function provenanceOf(expression: ts.Expression, frame: Frame): HoleProvenance {
  return walk(expression, { frame, depth: 0, open: [] });
}

function walk(expression: ts.Expression, outer: Walk): HoleProvenance {
  if (outer.depth > maxDepth || outer.frame.scope.budget.steps-- <= 0) return 'opaque';
  const at = { ...outer, depth: outer.depth + 1 };
  const node = bare(expression);
  const inner = (each: ts.Expression): HoleProvenance => walk(each, at);
  const value = evaluate(node, at.frame.scope);
  if (value.kind === 'known') return 'numeric';
  if (value.kind === 'undefined' || (value.kind === 'text' && !value.parts.some(isHole))) return 'constant';
  const guarded = guardedAs(node, at.frame.scope);
  if (guarded) return guarded;
  if (ts.isIdentifier(node)) return identifier(node, at);
  if (ts.isTemplateExpression(node)) return worst(node.templateSpans.map((span) => inner(span.expression)));
  if (ts.isTaggedTemplateExpression(node)) return isTransparentTag(node.tag) ? inner(node.template) : safeTag(node);
  if (ts.isConditionalExpression(node)) return worst([inner(node.whenTrue), inner(node.whenFalse)]);
  if (ts.isBinaryExpression(node)) return binary(node, inner);
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.ExclamationToken ? 'constant' : 'numeric';
  if (ts.isPropertyAccessExpression(node)) return propertyAccess(node, at);
  if (ts.isElementAccessExpression(node)) return element(node, at);
  if (ts.isArrayLiteralExpression(node))
    return worst(node.elements.map((each) => inner(ts.isSpreadElement(each) ? each.expression : each)));
  if (ts.isCallExpression(node)) return call(node, at);
  if (ts.isNewExpression(node))
    return node.expression.getText() === 'Date' ? 'generated' : worst(['opaque', ...(node.arguments ?? []).map(inner)]);
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return worst(returnsOf(node).map(inner));
  return 'opaque';
}

/** A tagged template that is not text: a query object of the library that owns the tag. */
const safeTag = (node: ts.TaggedTemplateExpression): HoleProvenance =>
  originOf(node.tag) || /(?:^|\.)sql$/i.test(node.tag.getText()) ? 'constant' : 'opaque';

const numericOperators = new Set([
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.PercentToken,
  ts.SyntaxKind.AsteriskAsteriskToken,
]);

function binary(node: ts.BinaryExpression, inner: (each: ts.Expression) => HoleProvenance): HoleProvenance {
  const operator = node.operatorToken.kind;
  if (numericOperators.has(operator)) return 'numeric';
  if (operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.CommaToken)
    return inner(node.right);
  return worst([inner(node.left), inner(node.right)]);
}

function identifier(node: ts.Identifier, at: Walk): HoleProvenance {
  const declaration = declarationOf(node.text, node);
  if (!declaration) return requestObject.test(node.text) ? 'request' : 'opaque';
  if (declaration.kind === 'import') return constantName.test(node.text) ? 'constant-name' : 'opaque';
  if (declaration.kind === 'enum') return 'constant-name';
  if (declaration.kind !== 'variable' && declaration.kind !== 'parameter') return 'opaque';
  if (at.open.includes(declaration.name)) return 'constant';
  const inner = { ...at, open: [...at.open, declaration.name] };
  const argument = at.frame.args.get(declaration.name);
  if (argument) return walk(argument.node, { ...inner, frame: argument.frame });
  const typed = annotated(declaration.node.type, declaration.path, at.frame.scope.types);
  if (typed) return typed;
  return declaration.kind === 'parameter' ? parameter(declaration, inner) : variable(declaration, node, inner);
}

function variable(
  declaration: Extract<Declaration, { kind: 'variable' }>,
  use: ts.Identifier,
  at: Walk,
): HoleProvenance {
  const { node, name } = declaration;
  if (constantName.test(name.text) && declaration.constant && ts.isSourceFile(node.parent.parent.parent))
    return 'constant-name';
  const loop = node.parent.parent as ts.Node;
  if (ts.isForOfStatement(loop) || ts.isForInStatement(loop)) return elementsOf(loop.expression, at);
  const values = [
    ...(node.initializer ? [node.initializer] : []),
    ...assignmentsOf(declaration, use).map((each) => each.value),
  ];
  // Not assigned before the use: undefined, or set where the flow is not followed.
  if (values.length === 0) return node.initializer ? 'constant' : 'opaque';
  return worst([...values, ...pushesTo(declaration)].map((value) => walk(value, at)));
}

/** What the elements of an iterable are. A list of constants gives constants, rows give what the database holds. */
function elementsOf(list: ts.Expression, at: Walk): HoleProvenance {
  const value = evaluate(list, at.frame.scope);
  return value.kind === 'array' && isConstant(value) ? 'constant' : walk(list, at);
}

/** A value that is written out in the code, with all of its parts. */
function isConstant(value: Value): boolean {
  switch (value.kind) {
    case 'text':
      return !value.parts.some(isHole);
    case 'known':
    case 'undefined':
      return true;
    case 'array':
      return value.complete && value.items.every(isConstant);
    case 'object':
      return value.complete && value.entries.every((entry) => isConstant(entry.value));
    default:
      return false;
  }
}

function parameter(declaration: Extract<Declaration, { kind: 'parameter' }>, at: Walk): HoleProvenance {
  const { node, name } = declaration;
  if (decoratorsOf(node).some((each) => requestDecorator(each))) return 'request';
  if (requestType(node.type)) return 'request';
  const owner = node.parent;
  if (!node.type && requestObject.test(name.text)) return 'request';
  const callback = owner.parent as ts.Node | undefined;
  if ((ts.isArrowFunction(owner) || ts.isFunctionExpression(owner)) && callback && ts.isCallExpression(callback))
    return callbackParameter(callback, owner, node, at);
  const sites = callSites(owner);
  if (!sites || sites.length === 0) return 'parameter';
  const index = owner.parameters.indexOf(node);
  return worst(
    sites.map((site) =>
      site.arguments[index]
        ? walk(site.arguments[index], at)
        : node.initializer
          ? walk(node.initializer, at)
          : 'constant',
    ),
  );
}

/** `list.map((element, index) => …)`. */
function callbackParameter(
  site: ts.CallExpression,
  owner: ts.ArrowFunction | ts.FunctionExpression,
  node: ts.ParameterDeclaration,
  at: Walk,
): HoleProvenance {
  const callee = bare(site.expression);
  const index = owner.parameters.indexOf(node);
  // The alias of the table or column that `Raw` and `raw` hand over is made by the library.
  const origin = exportOf(callee);
  if (origin && functionSink(origin.module, origin.name)) return 'constant-name';
  if (!ts.isPropertyAccessExpression(callee)) return 'parameter';
  if (/^(?:map|forEach|filter|flatMap|some|every|find)$/.test(callee.name.text))
    return index === 0 ? elementsOf(callee.expression, at) : 'numeric';
  if (callee.name.text === 'reduce')
    return index === 0 ? 'constant' : index === 1 ? elementsOf(callee.expression, at) : 'numeric';
  return 'parameter';
}

/** All calls of a function that the file keeps to itself; nothing for one that others may call. */
function callSites(owner: ts.SignatureDeclaration): ts.CallExpression[] | undefined {
  if (ts.isMethodDeclaration(owner)) {
    const hidden = hasModifier(owner, ts.SyntaxKind.PrivateKeyword) || ts.isPrivateIdentifier(owner.name);
    return hidden ? calls(owner, `this.${nameText(owner.name) ?? ''}`) : undefined;
  }
  if (ts.isFunctionDeclaration(owner)) {
    return owner.name && !hasModifier(owner, ts.SyntaxKind.ExportKeyword) ? calls(owner, owner.name.text) : undefined;
  }
  const holder = owner.parent as ts.Node | undefined;
  if (!holder || !ts.isVariableDeclaration(holder) || !ts.isIdentifier(holder.name)) return undefined;
  const statement = holder.parent.parent;
  const exported = ts.isVariableStatement(statement) && hasModifier(statement, ts.SyntaxKind.ExportKeyword);
  return exported ? undefined : calls(owner, holder.name.text);
}

const callTables = new WeakMap<ts.SourceFile, Map<string, ts.CallExpression[]>>();

function calls(owner: ts.Node, callee: string): ts.CallExpression[] | undefined {
  const source = owner.getSourceFile();
  let table = callTables.get(source);
  if (!table) {
    table = new Map();
    const stack: ts.Node[] = [source];
    for (let node = stack.pop(); node; node = stack.pop()) {
      if (
        ts.isCallExpression(node) &&
        (ts.isIdentifier(node.expression) || ts.isPropertyAccessExpression(node.expression))
      ) {
        const name = node.expression.getText();
        const sites = table.get(name);
        if (sites) sites.push(node);
        else if (name.length < 120) table.set(name, [node]);
      }
      ts.forEachChild(node, (child) => void stack.push(child));
    }
    callTables.set(source, table);
  }
  const found = table.get(callee);
  return found && found.length <= 40 ? found : undefined;
}

function propertyAccess(node: ts.PropertyAccessExpression, at: Walk): HoleProvenance {
  const name = node.name.text;
  const text = node.getText();
  if (name === 'length' || name === 'size') return 'numeric';
  if (/^process\.env\b/.test(text)) return 'configuration';
  if (/^process\.argv\b/.test(text)) return 'request';
  if (/\bmetadata\.|\.(?:tablePath|alias|databaseName|databasePath)$/.test(text)) return 'constant-name';
  const owner = bare(node.expression);
  if (ts.isIdentifier(owner)) {
    const declaration = declarationOf(owner.text, owner);
    // An enum or a table of constants of another file, by its spelling.
    if (declaration?.kind === 'import' && /^[A-Z]/.test(owner.text) && /^[A-Z]/.test(name)) return 'constant-name';
    if (declaration?.kind === 'class' || declaration?.kind === 'enum')
      return constantName.test(name) || declaration.kind === 'enum' ? 'constant-name' : 'opaque';
    if (declaration?.kind === 'parameter') {
      const typed = annotated(declaration.node.type, [...declaration.path, name], at.frame.scope.types);
      if (typed) return typed;
    }
  }
  if (owner.kind === ts.SyntaxKind.ThisKeyword) return field(node, at);
  if (
    ts.isPropertyAccessExpression(owner) &&
    owner.expression.kind === ts.SyntaxKind.ThisKeyword &&
    /config|settings/i.test(owner.name.text)
  )
    return 'configuration';
  return constantName.test(name) && receiverOf(owner) ? 'constant-name' : walk(owner, at);
}

function field(node: ts.PropertyAccessExpression, at: Walk): HoleProvenance {
  const declaration = fieldDeclaration(node);
  if (!declaration || at.open.includes(declaration)) return 'opaque';
  const typed = annotated(declaration.type, [], at.frame.scope.types);
  if (typed) return typed;
  const fixed = hasModifier(declaration, ts.SyntaxKind.ReadonlyKeyword) && declaration.initializer;
  if (fixed) return walk(fixed, { ...at, open: [...at.open, declaration] });
  return ts.isParameter(declaration) ? 'parameter' : 'opaque';
}

/** `MAP[key]` is one of the map's values, whatever the key. */
function element(node: ts.ElementAccessExpression, at: Walk): HoleProvenance {
  const owner = bare(node.expression);
  const value = evaluate(owner, at.frame.scope);
  if ((value.kind === 'object' || value.kind === 'array') && value.complete) return 'constant';
  if (ts.isIdentifier(owner) && constantName.test(owner.text)) return 'constant-name';
  return walk(owner, at);
}

const sameAsReceiver =
  /^(?:trim\w*|toLowerCase|toUpperCase|toString|slice|substring|substr|concat|replace\w*|padStart|padEnd|split|join|filter|map|flatMap|flat|reverse|sort|fill|at|pop|shift|values|keys|entries|normalize|repeat|reduce|find)$/;

function call(node: ts.CallExpression, at: Walk): HoleProvenance {
  const callee = bare(node.expression);
  const inner = (each: ts.Expression): HoleProvenance => walk(each, at);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  if (numericCall(callee)) return 'numeric';
  if (/^(?:randomUUID|uuid|uuidv4|v4|nanoid|now|toISOString)$/.test(name)) return 'generated';
  const quoter = quoters(callee, node);
  if (quoter) return quoter;
  if (
    /^(?:String|JSON\.stringify|JSON\.parse|Array|Array\.from|Object\.(?:keys|values|entries))$/.test(callee.getText())
  ) {
    return worst(node.arguments.map(inner));
  }
  if (ts.isPropertyAccessExpression(callee)) {
    if (/config|settings/i.test(callee.expression.getText()) && /^get/.test(name)) return 'configuration';
    // Names and statements that TypeORM itself makes: `namingStrategy.joinTableName(…)`, the text of a subquery.
    if (/\bnamingStrategy$/.test(callee.expression.getText())) return 'constant-name';
    if (/^get(?:Query|Sql)$/.test(name) && receiverOf(callee.expression) === 'typeorm#QueryBuilder')
      return 'constant-name';
    if (databaseCall(callee)) return 'database';
    if (sameAsReceiver.test(name)) return method(callee, node, at);
  }
  const declared = functionOf(callee) ?? methodOf(callee);
  if (!declared?.body || at.open.includes(declared)) return 'opaque';
  const args = new Map(at.frame.args);
  declared.parameters.forEach((parameterNode, index) => {
    const argument = node.arguments[index] ?? parameterNode.initializer;
    if (argument && ts.isIdentifier(parameterNode.name))
      args.set(parameterNode.name, { node: argument, frame: at.frame });
  });
  const frame: Frame = { scope: at.frame.scope, args };
  const results = returnsOf(declared);
  if (results.length === 0) return 'opaque';
  return worst(results.map((result) => walk(result, { ...at, frame, open: [...at.open, declared] })));
}

/** Methods of texts and lists: as bad as what they are called on and what they mix in. */
function method(callee: ts.PropertyAccessExpression, node: ts.CallExpression, at: Walk): HoleProvenance {
  const name = callee.name.text;
  const inner = (each: ts.Expression): HoleProvenance => walk(each, at);
  if (/^(?:map|flatMap|reduce)$/.test(name)) {
    const made = worst(node.arguments.map(inner));
    // `ids.map((_, i) => '$' + (i + 1))`: nothing of the elements is in it.
    return made === 'numeric' || made === 'constant' ? 'placeholders' : made;
  }
  if (name === 'fill')
    return worst(node.arguments.slice(0, 1).map(inner)) === 'constant'
      ? 'placeholders'
      : worst(node.arguments.map(inner));
  const mixed = /^(?:concat|replace|replaceAll|join|padStart|padEnd)$/.test(name)
    ? node.arguments.filter((each) => !ts.isRegularExpressionLiteral(each))
    : [];
  return worst([inner(callee.expression), ...mixed.map(inner)]);
}
