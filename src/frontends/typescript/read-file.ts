import { ts } from 'ts-morph';
import type { FileFacts } from '../../ir/index.js';
import { emptyFacts } from '../empty-facts.js';
import type { ReadContext, SourceFile } from '../front-end.js';
import { commentsOf } from './comments.js';
import { bind, newScope, type Externals, type ExternalTypes, type OutsideFunctions } from './values/scope.js';
import { lookIn, type ForeignReceivers } from './injection/foreign.js';
import { libraries } from './libraries.js';
import { mayBeOfProject } from './linking/imports.js';
import { declareOwnCode, ownCodeAt } from './own-code.js';
import { importsOf } from './module-imports.js';
import { parse } from './parse.js';
import { visit } from './syntax.js';
import { symbolsOf } from './linking/symbols.js';
import { noSymbols } from './linking/file-symbols.js';
import type { Unit } from './unit.js';
import type { Origin } from './values/values.js';

interface Others {
  valueOf: Externals;
  typeOf: ExternalTypes;
  functionOf: OutsideFunctions;
  receiverOf: ForeignReceivers;
}

/**
 * Reads one file.
 * @param others what other files declare, where that is known already
 */
export function readFile(file: SourceFile, context: ReadContext, others?: Others): FileFacts {
  const { source, problems } = parse(file.path, file.text);
  const dialect = context.migrations?.dialect ?? context.dialect;
  const facts = emptyFacts({ path: file.path, frontend: 'typescript', dialect, scope: context.scope });
  facts.problems = problems;
  if (!source || source.isDeclarationFile) return facts;
  declareOwnCode(source, file.path, context.ownCode);
  try {
    const values = new Map<string, Origin>();
    const types = new Map<string, Origin>();
    const functions = new Map<string, Origin>();
    const receivers = new Map<string, Origin>();
    const recorded =
      <T, R extends unknown[]>(
        found: Map<string, Origin>,
        others: ((origin: Origin, ...rest: R) => T | undefined) | undefined,
      ) =>
      (origin: Origin, ...rest: R): T | undefined => {
        if (mayBeOfProject(origin.module)) found.set(`${origin.module}#${origin.name}`, origin);
        return others?.(origin, ...rest);
      };
    const own = ownCodeAt(source);
    const scope = newScope(recorded(values, others?.valueOf), recorded(types, others?.typeOf), {
      functions: recorded(functions, others?.functionOf),
      ...(own && { own }),
    });
    lookIn(source, recorded(receivers, others?.receiverOf));
    const bare = unitOf(file, source, { ...context, dialect: facts.dialect });
    const identities = libraries.flatMap((library) => [...(library.identities?.(bare) ?? [])]);
    const unit = { ...bare, scope: bind(bare.scope, identities) };
    facts.comments = commentsOf(source);
    const symbols = symbolsOf(unit);
    for (const library of libraries) library.read?.({ ...unit, scope: bind(scope, identities) }, facts);
    if (facts.migrations.length > 0) facts.imports = importsOf(source, file.path);
    const found = facts.migrations.length + facts.sites.length + facts.statements.length > 0;
    const pending =
      receivers.size > 0 || (found && values.size + types.size + functions.size > 0)
        ? {
            text: file.text,
            context,
            values: [...values.values()],
            types: [...types.values()],
            functions: [...functions.values()],
            receivers: [...receivers.values()],
          }
        : undefined;
    if (symbols || pending) facts.symbols = { ...(symbols ?? noSymbols), ...(pending && { pending }) };
  } catch (error) {
    // Code may nest deeper than the parser minds and than the evaluation of it can follow.
    if (!(error instanceof RangeError)) throw error;
    facts.problems.push({
      code: 'too-deep',
      message: 'The code is nested too deeply to be read.',
      span: { start: 0, end: 0 },
    });
  }
  return facts;
}

function unitOf(file: SourceFile, source: ts.SourceFile, context: ReadContext): Unit {
  const classes: ts.ClassLikeDeclaration[] = [];
  const calls: Unit['calls'][number][] = [];
  visit(source, (node) => {
    if (ts.isClassLike(node)) classes.push(node);
    else if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node))
      calls.push(node);
    return true;
  });
  const own = ownCodeAt(source);
  const scope = newScope(undefined, undefined, own && { own });
  const mentions = (module: string): boolean => file.text.includes(`'${module}'`) || file.text.includes(`"${module}"`);
  return { path: file.path, text: file.text, source, context, scope, mentions, classes, calls };
}
