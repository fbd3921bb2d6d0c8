import { matchesGlob } from '../../src/queries/names.js';
import { isCertain } from '../../src/queries/tables.js';
import { defineQuery, defineRule, flag, strings } from '../../src/rule.js';
import type { Orm } from '../../src/ir/index.js';

/** How the name is written down with each library. */
const forms: { readonly [O in Orm]?: (name: string) => string } = {
  sqlmodel: (name) => `__tablename__ = "${name}"`,
  'flask-sqlalchemy': (name) => `__tablename__ = "${name}"`,
  typeorm: (name) => `@Entity('${name}')`,
  prisma: (name) => `@@map("${name}")`,
  'mikro-orm': (name) => `tableName: '${name}'`,
  sequelize: (name) => `tableName: '${name}'`,
};

/** Libraries that take the name of a model, which need not be that of a class. */
const namedByModel: ReadonlySet<Orm> = new Set<Orm>(['prisma', 'sequelize']);

export default defineRule({
  summary: 'The table name is left to the framework default.',
  severity: 'warn',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript', 'prisma'],
  needs: ['project'],
  fix: 'auto',
  sources: ['004_9452bc49d0f85f35.txt', 'prisma-lint model-name-mapping-snake-case'],
  messages: {
    implicit:
      'The table of {{owner}} has no name of its own: {{library}} calls it "{{table}}" after the {{source}}, so that a ' +
      '{{source}} that is renamed silently asks for another table. Write {{form}}.',
  },
  options: {
    frameworks: strings('Libraries whose default names are reported.', Object.keys(forms)),
    allowStrategy: flag('Leave names alone that a naming strategy of the project makes (TypeORM).'),
    allow: strings('Class names to leave alone, as globs.'),
  },
  *check({ facts, project, options, authoring }) {
    if (facts.scope === 'test') return;
    for (const table of facts.tables) {
      const { name } = table.name;
      const form = forms[table.declaredBy];
      const { generated } = name;
      if (table.role !== 'table' || table.className === undefined || name.unknown || !generated || !form) continue;
      // What is spread in from elsewhere may name it.
      if (!isCertain(table, 'name')) continue;
      if (!options.frameworks.includes(table.declaredBy) || matchesGlob(table.className, options.allow)) continue;
      if (table.declaredBy === 'prisma' && !mapsNames(project)) continue;
      if (generated === 'strategy' && options.allowStrategy) continue;
      yield {
        message: 'implicit',
        at: name,
        data: {
          owner: table.className,
          library: libraries[table.declaredBy] ?? table.declaredBy,
          table: name.value,
          source: namedByModel.has(table.declaredBy) ? 'model' : 'class',
          form: form(name.value),
        },
        fix: authoring.nameTable(table),
      };
    }
  },
});

/** Whether a project gives at least half of its models a table name: elsewhere the model's own name is the convention. */
const mapsNames = defineQuery((project): boolean => {
  const models = project.files
    .filter(({ scope }) => scope === 'project')
    .flatMap(({ tables }) => tables.filter(({ declaredBy, role }) => declaredBy === 'prisma' && role === 'table'));
  return 2 * models.filter(({ name }) => !name.name.generated).length >= models.length;
});

const libraries: { readonly [O in Orm]?: string } = {
  sqlmodel: 'SQLModel',
  'flask-sqlalchemy': 'Flask-SQLAlchemy',
  typeorm: 'TypeORM',
  prisma: 'Prisma',
  'mikro-orm': 'MikroORM',
  sequelize: 'Sequelize',
};
