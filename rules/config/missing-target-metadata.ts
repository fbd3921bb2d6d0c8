import { defineRule } from '../../src/rule.js';
import { environments, importOf, mappedTables, type PlacedEnvironment } from '../../src/queries/environments.js';
import type { EnvironmentConfigure, Project, Span } from '../../src/ir/index.js';

/** Where an online configure() gets no metadata: the None itself, or the call that leaves it out. */
function* missing({ environment }: PlacedEnvironment): Generator<Span | EnvironmentConfigure> {
  const { configures, target } = environment;
  let isSaid = false;
  for (const configure of configures) {
    if (configure.api !== 'context.configure' || configure.mode === 'offline' || configure.open) continue;
    const given = configure.options.find(({ name }) => name === 'target_metadata');
    const isNone = given?.value.kind === 'literal' && given.value.value === null;
    if (given !== undefined && !isNone) continue;
    const isByVariable = isNone && target?.value.kind === 'literal' && target.value.value === null;
    if (isByVariable && isSaid) continue;
    isSaid ||= isByVariable;
    yield isByVariable ? target.span : configure;
  }
}

/** Metadata that tables of the project are declared on and that no env.py has, by id. */
function unclaimed(project: Project): Set<string> {
  const claimed = environments(project).flatMap(({ metadata }) => (metadata === 'unknown' ? ['*'] : metadata));
  const ids = project.files.flatMap((file) => mappedTables(file).map(({ metadata }) => metadata));
  return new Set(claimed.includes('*') ? [] : ids.filter((id) => !claimed.includes(id)));
}

export default defineRule({
  summary: 'An env.py gives Alembic no target metadata.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['project'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt', '002_7a51ca8b5657ab8c.txt'],
  messages: {
    none: 'target_metadata is None, so "alembic revision --autogenerate" and "alembic check" stop with an error. Set it to the metadata of the models, such as Base.metadata.',
    absent:
      'context.configure() gets no target_metadata, so "alembic revision --autogenerate" and "alembic check" stop with an error. Give it the metadata of the models: target_metadata=Base.metadata.',
    set: 'Compare with {{name}}.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    const placed = environments(project).find((each) => each.facts === facts);
    if (placed === undefined) return;
    const ids = unclaimed(project);
    if (ids.size === 0) return;
    const [only, ...others] = ids;
    const found = only !== undefined && others.length === 0 ? importOf(project, placed, only) : undefined;
    for (const at of missing(placed)) {
      yield {
        message: 'api' in at && !at.options.some(({ name }) => name === 'target_metadata') ? 'absent' : 'none',
        at,
        ...(found && {
          suggest: {
            message: 'set',
            data: { name: found.attribute ? `${found.name}.metadata` : found.name },
            edits: authoring.setTargetMetadata(at, found),
          },
        }),
      };
    }
  },
});
