import type { FileFacts, PackageRequirement, Project, Release } from '../ir/index.js';
import { defineQuery } from '../rule.js';

/** What a project says of the version of a package. */
export interface PackageVersion extends Release {
  /** It is this version: locked or pinned. Else it is the lowest that is allowed. */
  exact: boolean;
  /** The first version that is not allowed any more. */
  below?: Release;
}

/** Negative where the first release is the older one. */
const compared = (a: Release, b: Release): number => a.major - b.major || a.minor - b.minor || a.patch - b.patch;

/** The folder that a file of requirements speaks for: those of a folder `requirements` speak for the one around it. */
function folderOf(path: string): string {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  return folder.replace(/(?:^|\/)requirements(?:\/.*)?$/, '');
}

const requirementsByFolder = defineQuery((project) => {
  const folders = new Map<string, PackageRequirement[]>();
  const say = ({ path, packages = [] }: FileFacts): void => {
    const folder = folderOf(path);
    const known = folders.get(folder);
    if (known) known.push(...packages);
    else folders.set(folder, [...packages]);
  };
  for (const file of project.files) if (file.scope === 'project' && file.packages) say(file);
  return folders;
});

/** What the requirements of one folder come to: a lock file knows best, else the lowest that any of them allows. */
function settled(requirements: readonly PackageRequirement[]): PackageVersion | undefined {
  const locked = requirements.filter((each) => each.locked);
  const told = (locked.length > 0 ? locked : requirements).filter(({ version }) => version !== undefined);
  const [lowest] = told.sort((a, b) => compared(a.version!, b.version!));
  if (lowest === undefined) return undefined;
  const exact = told.every((each) => each.exact && compared(each.version!, lowest.version!) === 0);
  const limits = told.flatMap(({ below }) => below ?? []).sort(compared);
  return { ...lowest.version!, exact, ...(limits[0] && { below: limits[0] }) };
}

/** What lock files say of the versions that a range allows. */
function lockedWithin(range: PackageVersion, locked: readonly PackageRequirement[]): PackageVersion | undefined {
  return settled(
    locked.filter(
      ({ version }) =>
        version && compared(version, range) >= 0 && (range.below === undefined || compared(version, range.below) < 0),
    ),
  );
}

/**
 * The version of a package for the code at a path, by the nearest folder upwards whose requirements or lock files know
 * one; undefined where none does. Where that is a range, the lock file of a folder above it says what is installed.
 * @param name a Python package as PEP 503 normalises it: `sqlalchemy`, `alembic`, `sqlmodel`, `flask-sqlalchemy`; a
 * JavaScript package as it is: `typeorm`, `@mikro-orm/core`
 */
export function packageVersion(project: Project, path: string, name: string): PackageVersion | undefined {
  const folders = requirementsByFolder(project);
  let range: PackageVersion | undefined;
  for (let folder = path; folder !== '';) {
    folder = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '';
    const own = (folders.get(folder) ?? []).filter((each) => each.name === name);
    const found = range
      ? lockedWithin(
          range,
          own.filter(({ locked }) => locked),
        )
      : settled(own);
    if (found?.exact) return found;
    range ??= found;
  }
  return range;
}

/** Whether a version is certainly this one or a newer one. What is not known is not. */
export function atLeast(version: PackageVersion | undefined, major: number, minor = 0, patch = 0): boolean {
  return version !== undefined && compared(version, { major, minor, patch }) >= 0;
}

/** Whether a version is certainly older than this one: pinned below it, or not allowed from there on. */
export function isOlder(version: PackageVersion | undefined, major: number, minor = 0, patch = 0): boolean {
  if (version === undefined) return false;
  const release = { major, minor, patch };
  if (version.exact) return compared(version, release) < 0;
  return version.below !== undefined && compared(version.below, release) <= 0;
}
