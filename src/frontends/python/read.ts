import type { EnumType, FileFacts, FileProblem, Migration, Usage } from '../../ir/index.js';
import type { ReadContext, Reader, SourceFile } from '../front-end.js';
import { readEnvironment } from './environment/environment.js';
import { wantedImports } from './link/environments.js';
import { link } from './link/link.js';
import { wantedMakers } from './link/said.js';
import { resolveKeyTypes } from './link/key-types.js';
import { resolveRelationships } from './link/relationships.js';
import { tablesOf } from './link/tables.js';
import { wants } from './link/wants.js';
import { World } from './link/world.js';
import { readRevision } from './alembic/revision.js';
import { readEngines } from './engines/engines.js';
import { programOf } from './injection/frames.js';
import { quotersOf, readSites } from './injection/sites.js';
import { readMetadata } from './models/metadata-facts.js';
import { readModule } from './models/module.js';
import type { RevisionSymbols } from './models/raw.js';
import { opener } from './open.js';
import { importsOf } from './scopes/imports.js';
import { unboundNames } from './scopes/scopes.js';
import type { Reading } from './reading.js';
import type { Module } from './syntax/nodes.js';
import { loadParser } from './syntax/parse.js';
import { readUsages } from './usages/usages.js';
import { sqlalchemyNames } from './values/names.js';

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

/** What a revision imports, and the names that it reads and nothing binds. */
function namesOf(
  { module, source, path }: Reading,
  { parents }: Migration,
): Pick<FileFacts, 'imports' | 'unboundNames'> {
  const unbound = unboundNames(module, source);
  // A revision that is quoted without its head has the imports of every other one.
  const own = parents ? unbound : unbound?.filter(({ name }) => !isTemplateName(name));
  return { imports: importsOf(module, path), ...(own && { unboundNames: own }) };
}

const isTemplateName = (name: string): boolean =>
  /^(?:op|sa|context|sqlmodel|postgresql|mysql|sqlite|mssql|session)$/.test(name) || sqlalchemyNames.has(name);

/** Whether a file is the script that Alembic runs migrations with. */
const isEnvironment = ({ path, source }: Reading): boolean =>
  /(?:^|\/)env\.py$/.test(path) && /\balembic\b/.test(source);

/** A module that takes SQLAlchemy's dialect of a database that none of ours is. */
const foreignDialect =
  /^[ \t]*(?:from|import)[ \t]+(?:clickhouse_connect\.cc_sqlalchemy|clickhouse_sqlalchemy|snowflake\.sqlalchemy|sqlalchemy_bigquery|databricks\.sqlalchemy|trino\.sqlalchemy|sqlalchemy_redshift|duckdb_engine)\b/m;

/** Loads the parser and gives the reader. */
export async function loadReader(): Promise<Reader> {
  const parse = await loadParser();
  const open = opener(parse);
  const read = (file: SourceFile, given: ReadContext): FileFacts => {
    const { path, text: source } = file;
    const context: ReadContext = foreignDialect.test(source) ? { ...given, dialect: 'unknown' } : given;
    const reading = open({ path, source, ...context });
    const { module } = reading;
    const migration = readRevision(reading, context);
    const symbols = readModule(reading);
    const isMigration = migration !== undefined;
    const revisionSymbols: RevisionSymbols = {
      revision: true,
      module: symbols.module,
      asked: symbols.asked,
      source,
      ...(context.migrations && { migrations: context.migrations }),
    };
    const metadata = isMigration ? [] : [...readMetadata(reading)];
    symbols.collections = metadata.map(({ raw }) => raw);
    const enums = new Map<string, EnumType>();
    const world = new World(isMigration ? [] : [symbols]);
    const tables = isMigration ? [] : tablesOf(symbols, world, context.dialect, enums);
    const place = isMigration ? 'migration' : context.scope === 'test' ? 'test' : 'application';
    const program = programOf(module, source);
    const { sites, statements, questions } = readSites(program, reading, place);
    const quoters = quotersOf(program, reading);
    const environment = isMigration ? undefined : readEnvironment(program, reading);
    const engines = readEngines(program, reading, isEnvironment(reading) ? 'migration' : place);
    const { usages, asked } = readUsages(program, reading, symbols, place);
    if (asked.length > 0) symbols.askedUsages = asked;
    if (questions.length > 0) symbols.questions = questions;
    if (Object.keys(quoters).length > 0) symbols.quoters = quoters;
    const facts: FileFacts = {
      path,
      frontend: 'python',
      dialect: context.dialect,
      scope: context.scope,
      // Models in a revision describe how it reads data, not what the project's schema is.
      tables,
      enums: [...enums.values()],
      ...(metadata.length > 0 && { metadata: metadata.map(({ fact }) => fact) }),
      migrations: migration ? [migration] : [],
      statements,
      sites,
      usages: usages.filter((usage) => !isStep(usage, migration)),
      ...(engines.length > 0 && { engines }),
      ...(environment && { environment }),
      ...(migration && namesOf(reading, migration)),
      comments: module.comments,
      problems: problemsOf(module),
      symbols: isMigration ? revisionSymbols : symbols,
    };
    resolveKeyTypes(tables);
    resolveRelationships([facts], world);
    return facts;
  };
  return {
    read,
    link: (files) => link(files, open),
    wants: (files) => [...wants(files), ...wantedImports(files), ...wantedMakers(files)],
  };
}
