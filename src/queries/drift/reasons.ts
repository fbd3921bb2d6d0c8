import type { History } from '../revision-graph.js';
import { tablesNamed, type Database } from './databases.js';

/** Options by which an env.py says what autogenerate looks at. */
const filters = new Set(['include_object', 'include_name', 'include_symbol']);

const hasFilter = ({ environments }: Database): boolean =>
  environments.some(({ environment }) =>
    environment.configures.some(({ options }) => options.some(({ name }) => filters.has(name))),
  );

/** Why nothing at all can be said of what the histories of a database make; absent where something can. */
export function unreadReason({ ran }: Database): string | undefined {
  for (const { final, history } of ran) {
    if (final.doubt !== undefined) return final.doubt;
    if (history.cyclic.length > 0) return `the revisions of ${history.folder} follow one another in a circle`;
    // With a beginning of its own beside, it may lack something in the middle that changed what comes before.
    if (history.missing.length > 0 && history.roots.length > 0) return missingRevision(history);
  }
  return undefined;
}

/** Why the histories begin later than the database; absent where they have their beginning. */
export function truncationReason({ ran }: Database): string | undefined {
  const cut = ran.find(({ history }) => history.missing.length > 0);
  return cut && missingRevision(cut.history);
}

const missingRevision = ({ folder, missing }: History): string =>
  `${folder} lacks the revision ${missing[0]?.parent ?? ''}, which others follow`;

/** Why the histories may not make each table that is there; absent where they do. */
export function baselineReason(database: Database): string | undefined {
  for (const { final } of database.ran) {
    for (const { external, name } of final.tables()) {
      if (!external) continue;
      const isMade = tablesNamed(database, name).some((each) => !each.external);
      if (!isMade) return `the migrations change ${name.name.value}, which none of them makes`;
    }
  }
  return undefined;
}

/** Why tables may be none of autogenerate's business; absent where all are. */
export function filterReason(database: Database): string | undefined {
  return hasFilter(database) ? 'its env.py leaves out tables by a function' : undefined;
}
