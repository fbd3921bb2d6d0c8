import { defineRule } from '../../src/rule.js';
import { environmentsFor, mappedTables, type PlacedEnvironment } from '../../src/queries/environments.js';

const reaches = ({ imports }: PlacedEnvironment, path: string): boolean =>
  imports === 'unknown' || imports.includes(path);

/** The dotted name by which code in the home of an environment imports a file. */
function moduleOf(path: string, { home }: PlacedEnvironment): string {
  const inside = home !== '' && path.startsWith(`${home}/`) ? path.slice(home.length + 1) : path;
  return inside
    .replace(/^src\//, '')
    .replace(/(?:\/__init__)?\.pyi?$/, '')
    .replaceAll('/', '.');
}

export default defineRule({
  summary: 'A file with models is imported by no env.py.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['project'],
  fix: 'none',
  sources: ['002_7a51ca8b5657ab8c.txt', '003_415f54345a6e7168.txt', 'pytest-alembic all_models_register_on_metadata'],
  messages: {
    unreached:
      '{{env}} does not import {{module}}, directly or through other modules, so table "{{table}}" is not in its metadata: autogenerate never creates it, and drops it where it exists. Write "import {{module}}" there, or in the package of the models.',
  },
  options: {},
  *check({ facts, project }) {
    for (const table of mappedTables(facts)) {
      const { certain, possible } = environmentsFor(project, facts, table);
      const [first] = certain;
      if (first === undefined || possible.some((each) => reaches(each, facts.path))) continue;
      const module = moduleOf(facts.path, first);
      yield {
        message: 'unreached',
        at: table.name,
        data: { env: first.facts.path, module, table: table.name.name.value },
        related: first.environment.configures.map(({ span }) => ({
          path: first.facts.path,
          at: span,
          message: 'the environment that compares its metadata',
        })),
      };
      // One import settles all tables of the file.
      return;
    }
  },
});
