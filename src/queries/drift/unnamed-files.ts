import type { FileFacts, Project } from '../../ir/index.js';
import { defineQuery } from '../../rule.js';

/** The tags of each journal, by the folder of its migrations. */
const journals = defineQuery(
  (project): ReadonlyMap<string, ReadonlySet<string>> =>
    new Map(
      project.files.flatMap(({ path, scope, journal = [] }) =>
        // One that is empty, or can't be read, says nothing of files.
        scope === 'project' && journal.length > 0
          ? [[path.replace(/meta\/[^/]*$/, ''), new Set(journal.map(({ tag }) => tag))] as const]
          : [],
      ),
    ),
);

/** The name of a file that drizzle-kit gave it, `0007_odd_name`, where the journal beside it does not have it. */
export function unnamedFile(project: Project, { path, frontend }: FileFacts): { tag: string } | undefined {
  const [, folder, tag] = /^(.*\/|)((?:\d{4}|\d{14}|\d{10})_[\w-]+)\.sql$/.exec(path) ?? [];
  if (frontend !== 'sql' || folder === undefined || tag === undefined) return undefined;
  const tags = journals(project).get(folder);
  return tags === undefined || tags.has(tag) ? undefined : { tag };
}
