import type { FileFacts, Migration, Operation, Project, Span, Statement } from '../ir/index.js';
import { changesIn } from './changes.js';
import { spoken } from './names.js';
import type { PlacedOperation } from './operations.js';
import { isShipped } from './shipped.js';
import { holderOfStatement, transactionHolder, type Holder } from './transactions.js';

/** A statement that PostgreSQL refuses inside a transaction, with error 25001. */
export interface Refusal {
  /** As messages call it: `CREATE INDEX CONCURRENTLY ix_account_email`. */
  what: string;
  at: Span;
  holder: Holder;
  section: PlacedOperation['section'];
  operation?: Operation;
  statement?: Statement;
  migration?: Migration;
}

/** What a file is about to run that can't run inside a transaction, ways back too. */
export function* refusalsIn(project: Project, facts: FileFacts): Generator<Refusal> {
  if (facts.dialect !== 'postgresql') return;
  for (const placed of changesIn(project, facts, { down: true })) {
    const { operation, statement, migration, section } = placed;
    const what = refusedOperation(operation);
    if (what === undefined) continue;
    const holder = transactionHolder(project, placed);
    const around = { ...(statement && { statement }), ...(migration && { migration }) };
    yield { what, at: operation.span, holder, section, operation, ...around };
  }
  if (facts.scope !== 'test' && !isShipped(project, facts)) yield* otherStatements(project, facts);
}

/** Statements that change the server, which are no operations on a schema. */
const verbs = /^(?:CREATE DATABASE|ALTER SYSTEM|CREATE TABLESPACE|DROP TABLESPACE)$/;

function* otherStatements(project: Project, facts: FileFacts): Generator<Refusal> {
  const inBody = (migration: Migration, section: 'up' | 'down') =>
    migration[section].steps.flatMap((step) =>
      'statement' in step ? [{ statement: step.statement, section, migration }] : [],
    );
  const loose = facts.frontend === 'sql' ? facts.statements : [];
  const all = [
    ...facts.migrations.flatMap((migration) => [...inBody(migration, 'up'), ...inBody(migration, 'down')]),
    ...loose.map((statement) => ({ statement, section: 'none' as const })),
  ];
  for (const each of all) {
    const { statement } = each;
    if (!verbs.test(statement.verb)) continue;
    yield { what: statement.verb, at: statement.span, holder: holderOfStatement(project, statement), ...each };
  }
}

/** Whether all that its half of the migration does is refused in a transaction, so that none of it needs one. */
export function needsNoTransaction({ migration, section }: Refusal): boolean {
  if (migration === undefined || section === 'none') return false;
  return migration[section].steps.every((step) =>
    operationsOfStep(step).every((each) => refusedOperation(each) !== undefined),
  );
}

const operationsOfStep = (step: Migration['up']['steps'][number]): Operation[] =>
  'statement' in step ? step.statement.operations : [step.operation];

/** The name of what PostgreSQL refuses in a transaction; nothing for what it takes. */
function refusedOperation(operation: PlacedOperation['operation']): string | undefined {
  switch (operation.kind) {
    case 'CreateIndex':
      return operation.index.concurrently ? named('CREATE INDEX CONCURRENTLY', operation.index.name?.value) : undefined;
    case 'DropIndex':
      return operation.concurrently ? `DROP INDEX CONCURRENTLY ${spoken(operation.index)}` : undefined;
    case 'Reindex': {
      const manner = operation.concurrently ? ' CONCURRENTLY' : '';
      const isMany = operation.object === 'schema' || operation.object === 'database' || operation.object === 'system';
      const words = `REINDEX${operation.object ? ` ${operation.object.toUpperCase()}` : ''}${manner}`;
      return operation.concurrently || isMany ? named(words, operation.target && spoken(operation.target)) : undefined;
    }
    case 'DetachPartition':
      return operation.concurrently ? `DETACH PARTITION ${spoken(operation.partition)} CONCURRENTLY` : undefined;
    case 'Vacuum':
      return named('VACUUM', operation.table && spoken(operation.table));
    case 'DropDatabase':
      return named('DROP DATABASE', operation.database.value);
    default:
      return undefined;
  }
}

const named = (words: string, name: string | undefined): string => (name === undefined ? words : `${words} ${name}`);
