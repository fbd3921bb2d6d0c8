import type { ts } from 'ts-morph';
import type { Operation, Span, Statement, Uncertainty } from '../../../ir/index.js';
import { chainOf } from '../chains.js';
import type { Built } from './statements.js';

/** The operations of a statement that a builder made, each at the link that a person would edit. */
export function placed(statements: readonly Statement[], built: Built, node: ts.CallExpression): Operation[] {
  const ends = new Map(chainOf(node).links.map((link) => [link.span.end, link.span]));
  // A link reaches from the begin of its chain; a person edits it from its name on.
  const fromName = (link: Span): Span => ends.get(link.end) ?? link;
  const operations = statements.flatMap((statement) => statement.operations);
  const { actions, span } = built;
  return operations.map((operation, index): Operation => {
    const at = fromName(actions.length === operations.length ? actions[index]!.span : span);
    const provenance = operation.kind === 'Opaque' ? operation.provenance : 'api';
    return unclear(byKysely({ ...operation, span: at, provenance }), built.isWhole);
  });
}

/** The table is declared in calls, not in SQL: nothing of it can be edited as SQL is. */
function byKysely(operation: Operation): Operation {
  const plain = withoutAnchors(operation) as Operation;
  return plain.kind === 'CreateTable' ? { ...plain, definition: { ...plain.definition, declaredBy: 'kysely' } } : plain;
}

function withoutAnchors(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAnchors);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (key === 'anchor' ? [] : [[key, withoutAnchors(inner)]])),
  );
}

const reason: Uncertainty = { about: 'everything', reason: 'part of the builder is computed' };

/** What a callback adds that can't be followed may be anything about the object. */
function unclear(operation: Operation, isWhole: boolean): Operation {
  if (isWhole) return operation;
  switch (operation.kind) {
    case 'CreateTable': {
      const { definition } = operation;
      const columns = definition.columns.map((column) => ({ ...column, uncertain: [...column.uncertain, reason] }));
      return { ...operation, definition: { ...definition, columns, uncertain: [...definition.uncertain, reason] } };
    }
    case 'AddColumn': {
      const { column } = operation;
      return { ...operation, column: { ...column, uncertain: [...column.uncertain, reason] } };
    }
    case 'AddConstraint': {
      const { constraint } = operation;
      return { ...operation, constraint: { ...constraint, uncertain: [...constraint.uncertain, reason] } };
    }
    case 'CreateIndex': {
      const { index } = operation;
      return { ...operation, index: { ...index, uncertain: [...index.uncertain, reason] } };
    }
    default:
      return operation;
  }
}
