import { mayBeOfProject } from '../linking/imports.js';
import { baseOrigin, referencesIn } from '../linking/references.js';
import type { FileSymbols } from '../linking/file-symbols.js';
import type { ClassRecord } from '../records.js';
import type { Origin } from '../values/values.js';
import type { MikroDeclared } from './index.js';
import { isMikro } from './modules.js';

/** What the entities and configurations of a file need of others. */
export function mikroOrigins({ classes }: FileSymbols, declared: MikroDeclared | undefined): Origin[] {
  return [
    ...classes.filter(isEntity).flatMap(classOrigins),
    ...(declared?.schemas ?? []).flatMap(({ meta }) => referencesIn(meta)),
  ].filter(({ module }) => mayBeOfProject(module));
}

/** The class has decorators of MikroORM, or those of a property may lead to some. */
const isEntity = (record: ClassRecord): boolean =>
  [record, ...record.members].some(({ decorators }) => decorators.some(({ origin }) => isMikro(origin)));

function classOrigins(record: ClassRecord): Origin[] {
  return [
    ...baseOrigin(record),
    ...[record, ...record.members].flatMap(({ decorators }) =>
      decorators.flatMap(({ origin, args }) => [origin, ...args.flatMap(referencesIn)]),
    ),
    ...record.members.flatMap(({ initial, type }) => [
      ...referencesIn(initial?.value),
      ...(type?.is === 'reference' && type.module !== undefined && type.name !== undefined
        ? [{ module: type.module, name: type.name }]
        : []),
    ]),
  ];
}
