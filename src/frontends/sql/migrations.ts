import type { FileFacts, Migration, MigrationBody, Statement, TransactionState } from '../../ir/index.js';
import type { MigrationFolder } from '../front-end.js';
import { inOneString, type MigrationFile, wrapped } from './runners.js';
import type { Section, Sections, Unit } from './sections.js';
import { placeInTransactions, refusesTransaction } from './transactions.js';

/** A file of a migration folder as it was read. */
interface ReadFile {
  place: MigrationFile;
  folder: MigrationFolder;
  sections: Sections;
  facts: FileFacts;
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
  const count = own.reduce((sum, section) => sum + section.statements.length, 0);
  const placed: Statement[] = own.flatMap((section) =>
    placeInTransactions(section.statements, outsideOf(file, section, count)),
  );
  return {
    state: placed.length > 0 || own.some(({ elsewhere }) => elsewhere) ? 'present' : 'empty',
    steps: placed.map((statement) => ({ statement })),
    span: { start: own[0]!.span.start, end: own.at(-1)!.span.end },
  };
}

/** What holds for the statements of a section outside of their own BEGIN and COMMIT. */
function outsideOf({ place, folder, sections, facts }: ReadFile, section: Section, count: number): TransactionState {
  if (section.noTransaction) return section.oneString ? inOneString(count, facts.dialect) : 'no';
  if (sections.noTransaction || folder.outside?.includes(facts.path)) return 'no';
  // Flyway gives up its transaction for a script that holds a statement which refuses one.
  if (folder.runner === 'flyway' && section.statements.some(refusesTransaction)) return 'no';
  return wrapped(place.convention, count, facts.dialect);
}
