import { mayBeOfProject } from '../linking/imports.js';
import { baseOrigin, referencesIn } from '../linking/references.js';
import type { FileSymbols } from '../linking/file-symbols.js';
import type { ClassRecord, DecoratorRecord, MemberRecord } from '../records.js';
import { property, type Origin } from '../values/values.js';
import { columnKinds } from './columns.js';
import { relationDecorators } from './properties.js';

/** What the entities of a file need of others. Imports that they do not depend on are left alone. */
export function typeormOrigins({ classes }: FileSymbols): Origin[] {
  const bases = new Map(classes.map((record) => [record.name, record]));
  const origins: Origin[] = [];
  for (const record of classes) {
    if (!isModel(record)) continue;
    origins.push(...classOrigins(record));
    let base = record.base && record.base.module === undefined ? bases.get(record.base.name) : undefined;
    for (let hops = 0; base && hops < 20; hops++) {
      origins.push(...classOrigins(base));
      base = base.base && base.base.module === undefined ? bases.get(base.base.name) : undefined;
    }
  }
  return origins;
}

const modelDecorators = new Set([
  'Entity',
  'ChildEntity',
  'ViewEntity',
  ...Object.keys(columnKinds),
  ...relationDecorators,
]);

const isModel = (record: ClassRecord): boolean =>
  [record, ...record.members].some(({ decorators }) =>
    decorators.some(
      ({ origin }) =>
        origin.module === 'typeorm' || (mayBeOfProject(origin.module) && modelDecorators.has(origin.name)),
    ),
  );

function classOrigins(record: ClassRecord): Origin[] {
  return [
    ...baseOrigin(record),
    ...record.decorators.flatMap(decoratorOrigins),
    ...record.members.flatMap((member) => [...member.decorators.flatMap(decoratorOrigins), ...typeOrigin(member)]),
  ];
}

function decoratorOrigins({ origin, args }: DecoratorRecord): Origin[] {
  if (mayBeOfProject(origin.module)) return [origin, ...args.flatMap(referencesIn)];
  return origin.module === 'typeorm' ? args.flatMap(referencesIn) : [];
}

/** The annotation counts where it alone says what the column's type is. */
function typeOrigin({ type, decorators }: MemberRecord): Origin[] {
  if (type?.is !== 'reference' || type.module === undefined || type.name === undefined) return [];
  const reflected = decorators.some(
    ({ origin, args: [first] }) =>
      Object.hasOwn(columnKinds, origin.name) &&
      (first === undefined || (first.kind === 'object' && property(first, 'type') === undefined)),
  );
  return reflected ? [{ module: type.module, name: type.name }] : [];
}
