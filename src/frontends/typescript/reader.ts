import { ts } from 'ts-morph';
import type { FileFacts } from '../../ir/index.js';
import type { ReadContext, Reader, SourceFile } from '../front-end.js';
import { commentsOf } from './comments.js';
import { newScope } from './evaluate.js';
import { link, ownEntities } from './link.js';
import { parse } from './parse.js';
import { recognisers } from './recognisers/index.js';
import { visit } from './syntax.js';
import { symbolsOf } from './symbols.js';
import type { Unit } from './unit.js';

function read(file: SourceFile, context: ReadContext): FileFacts {
  const { source, problems } = parse(file.path, file.text);
  const facts: FileFacts = {
    path: file.path,
    frontend: 'typescript',
    dialect: context.migrations?.dialect ?? context.dialect,
    scope: context.scope,
    tables: [],
    enums: [],
    migrations: [],
    statements: [],
    sites: [],
    usages: [],
    comments: [],
    problems,
  };
  if (!source || source.isDeclarationFile) return facts;
  try {
    const unit = unitOf(file, source, { ...context, dialect: facts.dialect });
    facts.comments = commentsOf(source);
    const symbols = symbolsOf(unit);
    if (symbols) facts.symbols = symbols;
    Object.assign(facts, ownEntities(facts));
    for (const recognise of recognisers) recognise(unit, facts);
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
  const mentions = (module: string): boolean => file.text.includes(`'${module}'`) || file.text.includes(`"${module}"`);
  return { path: file.path, text: file.text, source, context, scope: newScope(), mentions, classes, calls };
}

/** The TypeScript front end with its parser loaded. */
export const reader: Reader = { read, link };
