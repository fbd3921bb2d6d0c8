import type { FileFacts, Migration, MigrationBody, Statement, TransactionState } from '../../ir/index.js';
import type { MigrationFolder } from '../front-end.js';
import { splitsScripts } from './prisma-versions.js';
import { type MigrationFile, wrapped } from './runners.js';
import type { Section, Sections, Unit } from './sections.js';
import { inOneString, placeInTransactions, refusesTransaction } from './transactions.js';

/** A file of a migration folder as it was read. */
interface ReadFile {
  place: MigrationFile;
  folder: MigrationFolder;
  sections: Sections;
  facts: FileFacts;
  /** The range of versions that the nearest package.json gives to Prisma. */
  prisma?: string | undefined;
}

/** The migrations of a file: one, or each changeset of a Liquibase file. */
export function migrationsOf(file: ReadFile): Migration[] {
  const { place } = file;
  return file.sections.finish().map((unit, index) => {
    const migration = migrationOf(file, unit);
    if (unit.name === undefined) return migration;
    const [, title = ''] = /:(.*)$/.exec(unit.name) ?? [];
    return {
      ...migration,
      id: unit.name,
      order: [...place.order, index],
      message: { value: title, span: unit.span },
      span: unit.span,
    };
  });
}

const start = { start: 0, end: 0 };

function migrationOf(file: ReadFile, unit: Unit): Migration {
  const { place, folder } = file;
  const { convention, half } = place;
  const isDown = half === 'down';
  const halfOf = (half: Section['half']) => unit.sections.filter((section) => section.half === half);
  const otherHalf = unit.nothingToRevert ? 'unsupported' : place.otherHalf;
  return {
    id: place.id,
    history: folder.path,
    runner: folder.runner,
    dependsOn: [],
    branchLabels: [],
    order: place.order,
    ...(place.title !== '' && { message: { value: place.title, span: start } }),
    transaction: convention.transaction,
    up: isDown ? { state: 'unsupported', steps: [], span: start } : bodyOf(file, halfOf('up'), 'empty'),
    down: isDown ? bodyOf(file, unit.sections, 'empty') : bodyOf(file, halfOf('down'), otherHalf),
    span: start,
    ...(isDown && { half: 'down' as const }),
  };
}

function bodyOf(file: ReadFile, own: readonly Section[], otherwise: MigrationBody['state']): MigrationBody {
  if (own.length === 0) return { state: otherwise, steps: [], span: start };
  const placed = own
    .flatMap((section) => placeInTransactions(section.statements, outsideOf(file, section)))
    .map((statement) =>
      isSentAlone(file, statement) ? { ...statement, inTransaction: 'unknown' as const } : statement,
    );
  const isOneString = own.every((section) => section.oneString) || file.place.convention.oneString === true;
  const statements = isOneString ? sent(file, placed) : placed;
  return {
    state: placed.length > 0 || own.some(({ elsewhere }) => elsewhere) ? 'present' : 'empty',
    steps: statements.map((statement) => ({ statement })),
    span: { start: own[0]!.span.start, end: own.at(-1)!.span.end },
  };
}

/** What holds for the statements of a section outside of their own BEGIN and COMMIT. */
function outsideOf({ place, folder, sections, facts }: ReadFile, section: Section): TransactionState {
  if (section.noTransaction || sections.noTransaction || folder.outside?.includes(facts.path)) return 'no';
  // Flyway gives up its transaction for a script that holds a statement which refuses one.
  if (folder.runner === 'flyway' && section.statements.some(refusesTransaction)) return 'no';
  return wrapped(place.convention, facts.dialect);
}

/** Supabase runs what refuses a transaction by itself since version 2.109, and before that in the one of the file. */
const isSentAlone = ({ folder }: ReadFile, statement: Statement): boolean =>
  folder.runner === 'supabase' && refusesTransaction(statement);

/** The statements of a file as the runner sends them: in one string, but for versions of Prisma that split it. */
function sent({ folder, prisma }: ReadFile, statements: Statement[]): Statement[] {
  if (folder.runner !== 'prisma' || statements.length < 2) return inOneString(statements);
  const splits = splitsScripts(prisma, statements);
  if (splits === 'no') return inOneString(statements);
  return splits === 'yes' ? statements : placeInTransactions(statements, 'unknown');
}
