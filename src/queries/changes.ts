import type { FileFacts, Project } from '../ir/index.js';
import { operationsIn, type PlacedOperation } from './operations.js';
import { isShipped } from './shipped.js';

/**
 * The operations that a file is about to run against a database: of its new migrations, and of SQL that stands in a
 * file of its own. SQL inside application code, tests and routine bodies is left out, downgrades too unless asked for.
 */
export function* changesIn(
  project: Project,
  facts: FileFacts,
  options: { down: boolean } = { down: false },
): Generator<PlacedOperation> {
  if (facts.scope === 'test' || isShipped(project, facts)) return;
  for (const placed of operationsIn(facts)) {
    if (placed.inRoutine) continue;
    if (placed.section === 'none' ? facts.frontend === 'sql' : placed.section === 'up' || options.down) yield placed;
  }
}
