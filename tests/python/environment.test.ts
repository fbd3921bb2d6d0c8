import { describe, expect, test } from 'vitest';
import { ImportGraph } from '../../src/frontends/python/link/import-graph.js';
import { wantedImports } from '../../src/frontends/python/link/environments.js';
import type { Environment, EnvironmentConfigure, OptionValue } from '../../src/ir/index.js';
import { link, read } from './reading.js';

const head = 'from alembic import context\nfrom app.models import Base\nconfig = context.config\n';

const environment = (text: string, path = 'migrations/env.py'): Environment => {
  const found = read(text, { path }).environment;
  if (found === undefined) throw new Error('no environment');
  return found;
};

function said(value: OptionValue): string {
  if (value.kind === 'list') return `[${value.items.map(said).join(', ')}]`;
  if (value.kind === 'name')
    return [value.name, value.callable ? 'callable' : '', value.missing ?? ''].join(' ').trim();
  return value.kind === 'literal' ? JSON.stringify(value.value) : '?';
}

const options = ({ options: given }: EnvironmentConfigure): { [name: string]: string } =>
  Object.fromEntries(given.map(({ name, value }) => [name, said(value)]));

describe('context.configure()', () => {
  test('says what it is given, through variables, functions and mappings', () => {
    const text = `${head}
target_metadata = Base.metadata
common = {"compare_type": True, "version_table": "v"}

def include_object(object, name, type_, reflected, compare_to):
    return True

def run_migrations_offline():
    context.configure(url=config.get_main_option("sqlalchemy.url"), target_metadata=target_metadata, literal_binds=True)

def run_migrations_online(connection, flag):
    def local(*args):
        return False
    context.configure(
        connection=connection, target_metadata=[target_metadata, Base.other], include_object=include_object,
        compare_server_default=local, render_as_batch=flag, **common,
    )
`;
    const [offline, online] = environment(text).configures;
    expect([offline?.mode, online?.mode, online?.open]).toEqual(['offline', 'online', undefined]);
    expect(options(offline!)).toMatchObject({ target_metadata: 'app.models.Base.metadata', literal_binds: 'true' });
    expect(options(online!)).toEqual({
      connection: '?',
      target_metadata: '[app.models.Base.metadata, app.models.Base.other]',
      include_object: 'migrations.env.include_object callable',
      compare_server_default: 'migrations.env.local callable',
      render_as_batch: '?',
      compare_type: 'true',
      version_table: '"v"',
    });
    expect(text.slice(online!.span.start, online!.span.end)).toBe('context.configure');
  });

  test('is open where a mapping is not known', () => {
    const text = `${head}context.configure(connection=c(), **current_app.extensions["migrate"].configure_args)\n`;
    expect(environment(text).configures[0]).toMatchObject({ mode: 'online', open: true });
  });

  test('is no other configure()', () => {
    expect(
      read('import logging\nlogging.configure(target_metadata=1)\nfrom x import context\ncontext.configure()\n')
        .environment,
    ).toBeUndefined();
  });

  test.each([
    ['nowhere', 'def run():\n    context.configure(connection=c(), process_revision_directives=hook)\nrun()\n'],
    [
      'later',
      'def run():\n    context.configure(connection=c(), process_revision_directives=hook)\nrun()\ndef hook(a, b, c): pass\n',
    ],
    ['later', 'context.configure(connection=c(), process_revision_directives=hook)\ndef hook(a, b, c): pass\n'],
    [
      'later',
      'def run():\n    context.configure(connection=c(), process_revision_directives=hook)\n    def hook(a, b, c): pass\nrun()\n',
    ],
    [
      '',
      'def run():\n    context.configure(connection=c(), process_revision_directives=hook)\ndef hook(a, b, c): pass\nrun()\n',
    ],
    [
      '',
      'def run():\n    context.configure(connection=c(), process_revision_directives=hook)\nif True:\n    asyncio.run(run())\nelse:\n    run()\n'.replace(
        'def run',
        'def hook(a): pass\ndef run',
      ),
    ],
    ['', 'from hooks import *\ncontext.configure(connection=c(), process_revision_directives=hook)\n'],
    ['', 'from hooks import hook\ncontext.configure(connection=c(), process_revision_directives=hook)\n'],
    ['', 'def run(hook):\n    context.configure(connection=c(), process_revision_directives=hook)\n'],
    [
      '',
      'if x:\n    hook = None\nelse:\n    def hook(a): pass\ncontext.configure(connection=c(), process_revision_directives=hook)\n',
    ],
  ])('a hook is missing: %s', (missing, body) => {
    const { options: given } = environment(head + body).configures[0]!;
    const { value } = given.find(({ name }) => name === 'process_revision_directives')!;
    expect(value.kind === 'name' ? (value.missing ?? '') : '').toBe(missing);
  });
});

describe('MigrationContext.configure()', () => {
  const compare = (rest: string): EnvironmentConfigure | undefined =>
    environment(
      `from alembic.runtime.migration import MigrationContext\nfrom alembic.autogenerate import compare_metadata\nfrom x import metadata, conn\n${rest}`,
      'scripts/drift.py',
    ).configures[0];

  test.each([
    ['mc = MigrationContext.configure(conn)\ndiff = compare_metadata(mc, metadata)\n', true, {}],
    [
      'diff = compare_metadata(MigrationContext.configure(conn, opts={"compare_type": False}), metadata)\n',
      true,
      { compare_type: 'false' },
    ],
    ['def f(conn):\n    mc = MigrationContext.configure(conn)\n    return mc.get_current_revision()\n', undefined, {}],
  ])('%j', (text, compares, given) => {
    const found = compare(text)!;
    expect([found.compares, options(found)]).toEqual([compares, given]);
  });

  test('is open with options that come from elsewhere', () => {
    expect(compare('compare_metadata(MigrationContext.configure(conn, opts=options()), metadata)\n')?.open).toBe(true);
  });
});

describe('config.cmd_opts.autogenerate', () => {
  test.each([
    ['if config.cmd_opts.autogenerate:\n    pass\n', [false]],
    ['if config.cmd_opts and config.cmd_opts.autogenerate:\n    pass\n', [false]],
    ['if getattr(config.cmd_opts, "autogenerate", False):\n    pass\n', undefined],
    ['if hasattr(config.cmd_opts, "autogenerate") and config.cmd_opts.autogenerate:\n    pass\n', [true]],
    ['try:\n    auto = config.cmd_opts.autogenerate\nexcept AttributeError:\n    auto = False\n', [true]],
    ['try:\n    auto = config.cmd_opts.autogenerate\nexcept KeyError:\n    auto = False\n', [false]],
  ])('%j', (text, guarded) => {
    expect(read(text).environment?.autogenerateReads.map((each) => each.guarded === true)).toEqual(guarded);
  });
});

describe('the database URL', () => {
  const engine = 'e = engine_from_config(config.get_section(config.config_ini_section), prefix="sqlalchemy.")\n';
  const configure = 'context.configure(connection=e.connect(), target_metadata=Base.metadata)\n';
  test.each([
    [undefined, `${engine}url = config.get_main_option("sqlalchemy.url")\n`],
    [true, `config.set_main_option("sqlalchemy.url", os.environ["URL"])\n${engine}`],
    [true, `section = config.get_section("alembic")\nsection["sqlalchemy.url"] = url()\n${engine}`],
    [true, 'e = create_engine(settings.url)\n'],
  ])('is overridden: %s', (overrides, text) => {
    expect(environment(head + text + configure).overridesUrl).toBe(overrides);
  });
});

describe('across files', () => {
  const base = 'from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase):\n    pass\n';
  const model = (name: string): string =>
    `from app.db import Base\nfrom sqlalchemy.orm import Mapped, mapped_column\nclass ${name}(Base):\n    __tablename__ = "${name.toLowerCase()}"\n    id: Mapped[int] = mapped_column(primary_key=True)\n`;
  const files = {
    'api/app/db.py': base,
    'api/app/__init__.py': '',
    'api/app/models/__init__.py': 'from .user import User\n',
    'api/app/models/user.py': `${model('User')}def later():\n    from app.models.role import Role\n`,
    'api/app/models/role.py': model('Role'),
    'api/app/models/hidden.py': model('Hidden'),
    'api/app/models/typed.py': model('Typed'),
  };
  const env = (imports: string, target = 'Base.metadata'): string =>
    `from alembic import context\n${imports}\ndef run(connection):\n    context.configure(connection=connection, target_metadata=${target})\n`;
  const linked = (text: string, more: { [path: string]: string } = {}): Environment =>
    link({ ...files, 'api/migrations/env.py': text, ...more })['api/migrations/env.py']!.environment!;

  test('an env.py compares with what its target names, and imports what its modules do', () => {
    const { metadata, imports } = linked(env('from app.models import *\nfrom app.db import Base'));
    expect(metadata).toEqual(['api.app.db.Base']);
    expect(imports).toEqual(['api/app/models/user.py', 'api/app/models/role.py']);
  });

  test('a name that a package hands on, a list, a function and None', () => {
    const more = { 'api/app/orm.py': 'from sqlmodel import SQLModel\n' };
    expect(linked(env('from app.orm import SQLModel', 'SQLModel.metadata'), more).metadata).toEqual([
      'sqlmodel.SQLModel',
    ]);
    expect(linked(env('from app.db import Base', '[Base.metadata]')).metadata).toEqual(['api.app.db.Base']);
    expect(linked(env('from app.db import get', 'get()')).metadata).toBe('unknown');
    expect(linked(env('', 'None')).metadata).toEqual([]);
  });

  test('an import for type checkers does not run', () => {
    const text =
      'from typing import TYPE_CHECKING\nfrom app.db import Base\nif TYPE_CHECKING:\n    from app.models.typed import Typed';
    expect(linked(env(text)).imports).toEqual([]);
  });

  test('modules that are loaded by name leave it open', () => {
    const more = { 'api/app/loading.py': 'import pkgutil\nfor m in pkgutil.walk_packages(["x"]): pass\n' };
    expect(linked(env('import app.loading\nfrom app.db import Base'), more).imports).toBe('unknown');
  });

  test('what is not read yet is asked for', () => {
    const all = { ...files, 'api/migrations/env.py': env('import app.models\nfrom app.db import Base') };
    const known = Object.entries(all).filter(([path]) => path !== 'api/app/models/__init__.py');
    const wanted = wantedImports(known.map(([path, text]) => read(text, { path })));
    expect(wanted).toContain('api/app/models/__init__.py');
  });

  test('imports in circles end', () => {
    const facts = [read('import b\n', { path: 'a.py' }), read('import a\n', { path: 'b.py' })];
    expect([...new ImportGraph(facts).reachedFrom('a.py').paths]).toEqual(['a.py', 'b.py']);
  });
});
