import type { FrontEndId, Project } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { atLeast, isOlder, packageVersion } from './packages.js';

/** The languages of a project's files that are written in their library's present style. */
const currentStyles = defineQuery(
  (project): ReadonlySet<FrontEndId> =>
    new Set(
      project.files.flatMap(({ frontend, usages }) =>
        usages.some(({ kind }) => kind === 'current-style') ? [frontend] : [],
      ),
    ),
);

/** Whether code of the project is for TypeORM 0.3: it knows the `DataSource`, which came with that version. */
export const hasDataSources = (project: Project): boolean => currentStyles(project).has('typescript');

/**
 * What SQLAlchemy the code at a path is for: `2` by the lowest version that it allows or by that of a library that needs
 * it, `1` where an older one is allowed, else by the style that the project is written in; undefined where nothing tells.
 * Code that has to run on 1.4 as well can't take up what came with 2.0, whatever is installed.
 */
export function sqlalchemyMajor(project: Project, path: string): 1 | 2 | undefined {
  const version = packageVersion(project, path, 'sqlalchemy');
  if (atLeast(version, 2)) return 2;
  if (isOlder(version, 2)) return 1;
  // Flask-SQLAlchemy 3.1 and SQLModel 0.0.12 need SQLAlchemy 2.0.
  if (atLeast(packageVersion(project, path, 'flask-sqlalchemy'), 3, 1)) return 2;
  if (atLeast(packageVersion(project, path, 'sqlmodel'), 0, 0, 12)) return 2;
  if (version !== undefined) return 1;
  return currentStyles(project).has('python') ? 2 : undefined;
}
