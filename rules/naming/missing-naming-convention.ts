import { defineRule, strings } from '../../src/rule.js';
import type { Constraint, Metadata, Project, Table } from '../../src/ir/index.js';
import {
  collectionsMadeIn,
  conventionKeys,
  conventionOfTable,
  modelsOn,
  sqlmodelPlace,
} from '../../src/queries/naming-convention.js';
import { recommendedTemplates } from '../../src/queries/naming-templates.js';
import { keysOf } from '../../src/queries/tables.js';

const forms: { readonly [M in Exclude<Metadata['made'], 'assignment' | 'target'>]: { what: string; form: string } } = {
  base: { what: 'The declarative base', form: 'metadata = MetaData(naming_convention={…}) in it' },
  metadata: { what: 'The MetaData object', form: 'MetaData(naming_convention={…})' },
  registry: { what: 'The registry', form: 'registry(metadata=MetaData(naming_convention={…}))' },
  'flask-sqlalchemy': { what: 'SQLAlchemy()', form: 'SQLAlchemy(metadata=MetaData(naming_convention={…}))' },
};

export default defineRule({
  summary: 'The metadata or base model defines no constraint naming convention.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['project'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt', '002_7a51ca8b5657ab8c.txt'],
  messages: {
    missing:
      '{{what}} has no naming convention: each database names the keys, unique and check constraints that have no name in ' +
      'its own way, or not at all, so a downgrade or a later ALTER does not know what to drop. Write {{form}}, with {{keys}}.',
    sqlmodel:
      'SQLModel.metadata has no naming convention: each database names the keys, unique and check constraints that have no ' +
      'name in its own way, or not at all, so a downgrade or a later ALTER does not know what to drop. Write ' +
      'SQLModel.metadata.naming_convention = {…}, with {{keys}}, in a module that is imported before any model.',
    add: "Write a naming convention that names all columns, in the manner of SQLAlchemy's documentation.",
  },
  options: {
    keys: strings(
      'What needs a name: indexes (`ix`), unique (`uq`), check (`ck`), foreign key (`fk`) and primary key (`pk`) constraints.',
      ['ix', 'uq', 'ck', 'fk', 'pk'],
    ),
  },
  *check({ facts, project, options, authoring }) {
    const keys = options.keys.join(', ');
    for (const metadata of collectionsMadeIn(project, facts)) {
      const { made, uncertain, id } = metadata;
      if (made === 'assignment' || made === 'target' || uncertain.length > 0) continue;
      if (conventionOfTable(project, { metadata: id }).kind !== 'none') continue;
      if (isNamed(project, id, options.keys)) continue;
      const edits = authoring.setNamingConvention(metadata, recommendedTemplates(options.keys));
      yield {
        message: 'missing',
        at: metadata,
        data: { ...forms[made], keys },
        suggest: { message: 'add', edits },
      };
    }
    const place = sqlmodelPlace(project);
    const id = 'sqlmodel.SQLModel';
    if (place?.facts !== facts || conventionOfTable(project, { metadata: id }).kind !== 'none') return;
    if (!isNamed(project, id, options.keys)) yield { message: 'sqlmodel', at: place.at, data: { keys } };
  },
});

/** Whether everything that is declared on the metadata and needs a name has one. A metadata of no constraint has not. */
function isNamed(project: Project, id: string, keys: readonly string[]): boolean {
  const constraints = modelsOn(project, id).flatMap((table) =>
    keysOf(table).filter((each) => keys.includes(conventionKeys[each.kind]) && !isInline(each, table)),
  );
  return constraints.length > 0 && constraints.every(({ name }) => name !== undefined && !name.generated);
}

/** A primary key that is written at its columns has no place for a name. */
const isInline = (constraint: Constraint, { columns }: Table): boolean =>
  constraint.kind === 'primary' &&
  columns.some((column) => column.constraints.some(({ span }) => span.start === constraint.span.start));
