import type { Comment, EnumType, FileFacts, FileProblem, Migration, Usage } from '../../ir/index.js';
import type { ReadContext, Reader, SourceFile } from '../front-end.js';
import { answered } from './link/answers.js';
import { linkedMetadata } from './link/collections.js';
import { resolveOtherSides } from './link/other-side.js';
import { resolveKinds, tablesOf } from './link/tables.js';
import { confirmedUsages } from './link/usages.js';
import { World } from './link/world.js';
import { readRevision } from './alembic/revision.js';
import { readEngines } from './engines/engines.js';
import { programOf } from './injection/frames.js';
import { quotersOf, readSites } from './injection/sites.js';
import { readMetadata } from './models/metadata-facts.js';
import { readModule } from './models/module.js';
import type { ModuleSymbols } from './models/raw.js';
import type { Reading } from './reading.js';
import type { Expr, Module } from './syntax/nodes.js';
import { loadParser } from './syntax/parse.js';
import { readUsages } from './usages/usages.js';
import { Interpreter } from './values/interpreter.js';

function problemsOf(module: Module): FileProblem[] {
  const problems: FileProblem[] = [];
  if (module.error) {
    problems.push({
      code: 'syntax',
      message: 'Python syntax that could not be read; the rest of the file was.',
      span: module.error,
    });
  }
  if (module.tooDeep) {
    problems.push({ code: 'too-deep', message: 'Nested too deeply to be read.', span: module.tooDeep });
  }
  return problems;
}

/** Moves every offset of a piece of syntax, in place. */
function shift(expr: Expr, by: number): Expr {
  const offsets = new Set(['start', 'end', 'attrStart', 'open', 'close']);
  const open: object[] = [expr];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const [key, value] of Object.entries(node) as [string, unknown][]) {
      if (typeof value === 'number' && offsets.has(key)) Object.assign(node, { [key]: value + by });
      else if (key === 'offsets') for (const pair of value as [number, number][]) pair[1] += by;
      else if (typeof value === 'object' && value !== null) open.push(value);
    }
  }
  return expr;
}

/** The `#:` comment on the lines above a declaration or behind it. */
function docComments(comments: readonly Comment[], source: string): Reading['docComment'] {
  const marked = comments.filter(({ span }) => source.startsWith('#:', span.start));
  if (marked.length === 0) return () => undefined;
  return ({ start, end }) => {
    const lineEnd = source.indexOf('\n', end) < 0 ? source.length : source.indexOf('\n', end);
    const behind = marked.find(({ span, ownLine }) => !ownLine && span.start >= end && span.end <= lineEnd);
    const found =
      behind ??
      marked.find(({ span, ownLine }) => ownLine && /^\s*$/.test(source.slice(span.end, start)) && span.end <= start);
    return found && { value: found.text.replace(/^:\s*/, ''), span: found.span };
  };
}

/** Whether a step of a migration says the same: a change of rows that is built and run there. */
function isStep({ kind, span }: Usage, migration: Migration | undefined): boolean {
  if (migration === undefined || (kind !== 'unfiltered-delete' && kind !== 'unfiltered-update')) return false;
  return [...migration.up.steps, ...migration.down.steps].some(
    (step) =>
      'operation' in step &&
      /^(?:Update|Delete)$/.test(step.operation.kind) &&
      step.operation.span.start <= span.start &&
      span.end <= step.operation.span.end,
  );
}

/** Whether a file is the script that Alembic runs migrations with. */
const isEnvironment = ({ path, source }: Reading): boolean =>
  /(?:^|\/)env\.py$/.test(path) && /\balembic\b/.test(source);

/** Loads the parser and gives the reader. */
export async function loadReader(): Promise<Reader> {
  const parse = await loadParser();
  const read = (file: SourceFile, context: ReadContext): FileFacts => {
    const { path, text: source } = file;
    const module = parse(source);
    const enums = new Map<string, EnumType>();
    const reading: Reading = {
      path,
      source,
      dialect: context.dialect,
      scope: context.scope,
      module,
      interpreter: new Interpreter(path, module),
      enums,
      parseExpression(text, start) {
        const [stmt] = parse(text).body;
        return stmt?.kind === 'ExprStmt' ? shift(stmt.value, start) : undefined;
      },
      docComment: docComments(module.comments, source),
    };
    const migration = readRevision(reading, context);
    const symbols = readModule(reading);
    const isMigration = migration !== undefined;
    const metadata = isMigration ? [] : [...readMetadata(reading)];
    symbols.collections = metadata.map(({ raw }) => raw);
    const tables = isMigration ? [] : tablesOf(symbols, new World([symbols]), context.dialect);
    resolveKinds(tables);
    const place = isMigration ? 'migration' : context.scope === 'test' ? 'test' : 'application';
    const program = programOf(module, source);
    const { sites, statements, questions } = readSites(program, reading, place);
    const quoters = quotersOf(program, reading);
    const engines = readEngines(program, reading, isEnvironment(reading) ? 'migration' : place);
    const { usages, asked } = readUsages(program, reading, symbols, place);
    if (asked.length > 0) symbols.askedUsages = asked;
    if (questions.length > 0) symbols.questions = questions;
    if (Object.keys(quoters).length > 0) symbols.quoters = quoters;
    return {
      path,
      frontend: 'python',
      dialect: context.dialect,
      scope: context.scope,
      // Models in a revision describe how it reads data, not what the project's schema is.
      tables,
      enums: isMigration ? [] : [...enums.values()],
      ...(metadata.length > 0 && { metadata: metadata.map(({ fact }) => fact) }),
      migrations: migration ? [migration] : [],
      statements,
      sites,
      usages: usages.filter((usage) => !isStep(usage, migration)),
      ...(engines.length > 0 && { engines }),
      comments: module.comments,
      problems: problemsOf(module),
      ...(!isMigration && { symbols }),
    };
  };
  return { read, link };
}

/** Puts the tables of all files together again, now that bases and targets of other files are known. */
function link(files: readonly FileFacts[]): FileFacts[] {
  const known = files.map(({ symbols }) => symbols as ModuleSymbols | undefined);
  const world = new World(known.filter((symbols) => symbols !== undefined));
  const paths = new Map(files.map(({ path }, at) => [known[at], path]));
  const linked = files.map((file, at) => {
    const symbols = known[at];
    if (symbols === undefined) return file;
    const sites = answered(file.sites, symbols, world);
    const usages = confirmedUsages(file.usages, symbols, world);
    const metadata = file.metadata && { metadata: linkedMetadata(file.metadata, symbols, world) };
    if (symbols.classes.length === 0 && symbols.tables.length === 0) return { ...file, sites, usages, ...metadata };
    const tables = tablesOf(symbols, world, file.dialect);
    resolveOtherSides(tables, symbols, world, (module) => paths.get(module) ?? '');
    return { ...file, sites, usages, ...metadata, tables };
  });
  resolveKinds(linked.flatMap(({ tables }) => tables));
  return linked;
}
