import type { Constraint, Dialect, FileFacts, Index, Orm, Project } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { isPrismaJoin } from './framework-tables.js';
import { givenParts, isIndex, type GivenPart } from './given-parts.js';
import { conventionKeys, conventionOfOperations, conventionOfTable, entryOf } from './naming-convention.js';
import { lengthOf, nameLimit } from './name-limits.js';
import { columnsOf, filled } from './naming-templates.js';

/** What a name is measured by. */
export interface NameScheme {
  template: string;
  /** Written down in a naming convention or the configuration; otherwise what the names of the project themselves follow. */
  declared: boolean;
}

/**
 * Whether a name is what a template comes to, in any case. Where the template names the table for each column, once is
 * enough; where what it comes to is too long for the dialect, the author had to shorten it. What makes an index special may
 * stand behind it: `…_desc`, `…_gin`.
 */
export function follows({ name, fact, table }: GivenPart, template: string, dialect: Dialect): boolean {
  const forms = [template, template.replace('%(column_0_N_label)s', '%(table_name)s_%(column_0_N_name)s')];
  const limit = nameLimit(dialect, 0);
  return forms.some((form) => {
    const made = filled(form, fact, table);
    if (made !== undefined && limit !== undefined && lengthOf(made, limit) > limit.max) return true;
    const [wanted, given] = [made?.toLowerCase(), name?.value.toLowerCase()];
    return wanted === given || (isSpecial(fact) && wanted !== undefined && given?.startsWith(`${wanted}_`) === true);
  });
}

/** Whether an index is more than its columns, so that a second one may be over the same. */
const isSpecial = (fact: Index | Constraint): boolean =>
  isIndex(fact) &&
  (fact.method !== undefined ||
    fact.include.length > 0 ||
    fact.keys.some(
      (key) =>
        key.direction !== undefined ||
        key.nulls !== undefined ||
        key.operatorClass !== undefined ||
        key.collation !== undefined ||
        key.length !== undefined,
    ));

const own = '%(table_name)s_%(column_0_N_name)s';
const first = '%(table_name)s_%(column_0_name)s';

/** Templates that people use, the one first that holds where a project follows none of them. */
const candidates: { readonly [key: string]: readonly string[] } = {
  ix: [
    `ix_${own}`,
    `idx_${own}`,
    `${own}_idx`,
    `${own}_index`,
    `${own}_ix`,
    `index_${own}`,
    `ix_${first}`,
    `idx_${first}`,
  ],
  uq: [
    `uq_${own}`,
    `${own}_key`,
    `uq_${first}`,
    `uk_${own}`,
    `uniq_${own}`,
    `unique_${own}`,
    `${own}_unique`,
    `${own}_uq`,
  ],
  fk: [
    `fk_${own}_%(referred_table_name)s`,
    `fk_${own}`,
    `${own}_fkey`,
    `${own}_fk`,
    'fk_%(table_name)s_%(referred_table_name)s',
    `fk_${first}_%(referred_table_name)s`,
    `fk_${own}_%(referred_table_name)s_%(referred_column_0_N_name)s`,
    `${own}_%(referred_table_name)s_%(referred_column_0_N_name)s_fk`,
  ],
  pk: ['pk_%(table_name)s', '%(table_name)s_pkey', '%(table_name)s_pk'],
};

/** From so many names on a project shows what it follows, if this share of them agrees. */
const [telling, majority] = [10, 0.5];

/** The key of a naming convention that names a part. */
export const keyOf = (fact: Index | Constraint): string => (isIndex(fact) ? 'ix' : conventionKeys[fact.kind]);

/** Whether someone wrote the name, and meant it to be made by a template. */
export function isWritten({ name, fact, table }: GivenPart): boolean {
  if (name === undefined || name.unknown || name.generated || name.final) return false;
  if (isPrismaJoin(table.name.value, columnsOf(fact))) return false;
  // TypeORM's own: the kind and a hash.
  if (/^[A-Z]{2,3}_[0-9a-f]{20,}$/.test(name.value)) return false;
  if (!isIndex(fact)) return true;
  return fact.where === undefined && fact.keys.every(({ column }) => column !== undefined);
}

const followed = defineQuery((project): ReadonlyMap<string, { template: string; names: number; agree: number }> => {
  const parts = new Map<string, GivenPart[]>();
  for (const facts of project.files) {
    for (const part of givenParts(project, facts)) {
      if (!isWritten(part)) continue;
      const key = `${facts.dialect} ${keyOf(part.fact)}`;
      const list = parts.get(key);
      if (list) list.push(part);
      else parts.set(key, [part]);
    }
  }
  const found = new Map<string, { template: string; names: number; agree: number }>();
  for (const [key, list] of parts) {
    const templates = candidates[key.slice(key.indexOf(' ') + 1)] ?? [];
    let best = { template: templates[0] ?? '', names: list.length, agree: 0 };
    for (const template of templates) {
      const agree = list.filter(({ name, fact, table }) => name?.value === filled(template, fact, table)).length;
      if (agree > best.agree) best = { template, names: list.length, agree };
    }
    found.set(key, best);
  }
  return found;
});

/**
 * The template that the name of a part is measured by: that of the naming convention, of the configuration (`given`, as
 * `uq=…`), or the one that most names of the project follow. Nothing where the names of a project follow none; in a
 * small one `fallback` says whether the usual template holds.
 */
export function schemeOf(
  project: Project,
  facts: FileFacts,
  part: GivenPart,
  given: readonly string[],
  fallback: boolean,
): NameScheme | undefined {
  const key = keyOf(part.fact);
  const written =
    conventional(project, part, key) ?? given.find((each) => each.startsWith(`${key}=`))?.slice(key.length + 1);
  return written === undefined
    ? inferred(project, facts.dialect, key, fallback, usualTemplate(key, part.writer))
    : { template: written, declared: true };
}

/** The template of the naming convention that holds where a part stands. */
function conventional(project: Project, part: GivenPart, key: string): string | undefined {
  const { declaration, source, writer } = part;
  const convention =
    source === 'model' && declaration
      ? conventionOfTable(project, declaration)
      : writer === 'alembic'
        ? conventionOfOperations(project)
        : undefined;
  return convention?.kind === 'known' ? entryOf(convention.convention, key)?.template?.value : undefined;
}

/** Whether a unique index is named as unique constraints are, by the naming convention or as people name them. */
export function isNamedAsUnique(project: Project, { dialect }: FileFacts, part: GivenPart): boolean {
  if (!isIndex(part.fact) || !part.fact.unique) return false;
  const template = conventional(project, part, 'uq');
  return (template === undefined ? candidates.uq! : [template]).some((each) => follows(part, each, dialect));
}

/** The names that Prisma itself makes are what those that are written stand among. */
const prismaNames: { readonly [key: string]: string | undefined } = {
  ix: `${own}_idx`,
  uq: `${own}_key`,
  fk: `${own}_fkey`,
  pk: '%(table_name)s_pkey',
};

/** The template that holds where a project follows none. */
const usualTemplate = (key: string, writer: Orm): string | undefined =>
  writer === 'prisma' ? prismaNames[key] : candidates[key]?.[0];

function inferred(
  project: Project,
  dialect: Dialect,
  key: string,
  fallback: boolean,
  usual: string | undefined,
): NameScheme | undefined {
  const found = followed(project).get(`${dialect} ${key}`);
  if (found === undefined) return undefined;
  if (found.names >= telling) {
    return found.agree >= majority * found.names ? { template: found.template, declared: false } : undefined;
  }
  if (found.agree >= 3) return { template: found.template, declared: false };
  return fallback && usual !== undefined ? { template: usual, declared: false } : undefined;
}
