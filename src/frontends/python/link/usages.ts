import type { ModuleSymbols } from '../models/raw.js';
import type { Usage } from '../../../ir/index.js';
import type { AskedUsage } from '../usages/asked.js';
import { openerOf, sessionKind } from '../usages/sessions.js';
import { lineageOf } from './lineage.js';
import { originOf } from './origins.js';
import type { Found, World } from './world.js';

/** The usages of a file that other files confirm, put behind its own and in order. */
export function confirmedUsages(usages: Usage[], { askedUsages = [], module }: ModuleSymbols, world: World): Usage[] {
  const confirmed = askedUsages.flatMap((asked) => {
    const usage = confirm(asked, module, world);
    return usage === undefined ? [] : [usage];
  });
  if (confirmed.length === 0) return usages;
  return [...usages, ...confirmed].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

function confirm(asked: AskedUsage, from: string, world: World): Usage | undefined {
  const { usage, session, opener, model, column } = asked;
  if (model !== undefined) return isMapped(world.find(model, from), column, world) ? usage : undefined;
  if (opener !== undefined && usage.kind === 'session-opened') {
    const found = openerOf(originOf(opener, from, world));
    if (found === undefined) return undefined;
    const { registry, ...kind } = found;
    return { ...usage, ...kind, ...(registry && { closed: 'registry' as const }) };
  }
  const kind = session === undefined ? undefined : sessionKind(originOf(session, from, world));
  if (kind === undefined) return undefined;
  if (usage.kind === 'legacy-query') return { ...usage, ...kind };
  return usage.kind === 'session-call' ? { ...usage, library: kind.library } : usage;
}

/** Whether a name leads to a mapped class or a table, and the attribute, if one is asked for, to one of its columns. */
function isMapped(found: Found | undefined, column: string | undefined, world: World): boolean {
  if (found?.kind === 'table') return found.raw.columns.some(({ attribute }) => attribute === column);
  if (found?.kind !== 'class') return false;
  const { mappedTo } = found.raw;
  if (mappedTo !== undefined && column !== undefined) {
    const table = world.find(mappedTo, found.module.module);
    return table?.kind === 'table' && table.raw.columns.some(({ attribute }) => attribute === column);
  }
  const lineage = lineageOf(found, world);
  if (lineage.orm === undefined) return false;
  const members = lineage.classes.flatMap(({ raw }) => raw.members);
  if (column !== undefined) return members.some((each) => each.kind === 'column' && each.attribute === column);
  // `query` may be an attribute of the model's own, and SQLModel's classes have none.
  return (
    lineage.orm !== 'sqlmodel' &&
    !members.some((each) =>
      each.kind === 'column' ? each.attribute === 'query' : each.relationship.attribute.value === 'query',
    )
  );
}
