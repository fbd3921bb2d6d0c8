import { describe, expect, test } from 'vitest';
import { atLeast, isOlder, packageVersion } from '../../src/queries/packages.js';
import { projectOf, read, written } from './read.js';

/** A requirement in a few words: `sqlalchemy 1.4.0 <2.0.0`. */
function said(path: string, text: string): string[] {
  return (read(path, text).packages ?? []).map(({ name, version, below, exact, locked }) =>
    [
      name,
      version ? `${exact ? '=' : ''}${written(version)}` : '?',
      ...(below ? [`<${written(below)}`] : []),
      ...(locked ? ['locked'] : []),
    ].join(' '),
  );
}

describe('a line of requirements.txt', () => {
  test.each([
    ['SQLAlchemy==1.4.46', 'sqlalchemy =1.4.46'],
    ['sqlalchemy>=1.4,<2', 'sqlalchemy 1.4.0 <2.0.0'],
    ['sqlalchemy[asyncio] ~= 2.0.4 ; python_version > "3.8"', 'sqlalchemy 2.0.4 <2.1.0'],
    ['sqlalchemy~=2.0', 'sqlalchemy 2.0.0 <3.0.0'],
    ['sqlalchemy==1.4.*', 'sqlalchemy 1.4.0 <1.5.0'],
    ['sqlalchemy!=1.4.5,>=1.3 # not 1.4.5', 'sqlalchemy 1.3.0'],
    ['sqlalchemy<2', 'sqlalchemy 0.0.0 <2.0.0'],
    ['sqlalchemy<=1.4.50', 'sqlalchemy 0.0.0 <1.4.51'],
    ['sqlalchemy', 'sqlalchemy ?'],
    ['sqlalchemy @ git+https://example.org/sqlalchemy.git@rel_2_0', 'sqlalchemy ?'],
    ['alembic==1.13.2 \\', 'alembic =1.13.2'],
    ['Flask_SQLAlchemy==3.1.1 --hash=sha256:abc', 'flask-sqlalchemy =3.1.1'],
    ['  sqlmodel (>=0.0.14)', 'sqlmodel 0.0.14'],
    ['SQLAlchemy==2.0.0b1', 'sqlalchemy =2.0.0'],
  ])('%s', (line, expected) => {
    expect(said('requirements.txt', `flask==3.0\n${line}\n`)).toEqual([expected]);
  });

  test.each(['sqlalchemy-utils==0.41', '-r base.txt', '# sqlalchemy==1.4', 'marshmallow_sqlalchemy>=1', ''])(
    'none of these packages: %s',
    (line) => expect(said('requirements.txt', line)).toEqual([]),
  );

  test('spans the name and the version', () => {
    const text = 'a==1\n  sqlalchemy[asyncio]>=2.0 ; x\n';
    const [{ span } = { span: { start: 0, end: 0 } }] = read('requirements/base.txt', text).packages!;
    expect(text.slice(span.start, span.end)).toBe('sqlalchemy[asyncio]>=2.0');
  });
});

describe('pyproject.toml', () => {
  test.each([
    [
      'PEP 621',
      '[project]\ndependencies = [\n  "fastapi",  # web\n  "sqlalchemy[asyncio]>=2.0.20,<3",\n]',
      'sqlalchemy 2.0.20 <3.0.0',
    ],
    ['an extra', "[project.optional-dependencies]\ndb = ['alembic>=1.12']", 'alembic 1.12.0'],
    ['a dependency group', '[dependency-groups]\ndev = [{include-group = "x"}, "alembic==1.16.1"]', 'alembic =1.16.1'],
    ['Poetry', '[tool.poetry.dependencies]\npython = "^3.11"\nSQLAlchemy = "^2.0.1"', 'sqlalchemy 2.0.1 <3.0.0'],
    ['Poetry below 1', '[tool.poetry.dependencies]\nsqlmodel = "^0.0.14"', 'sqlmodel 0.0.14 <0.0.15'],
    [
      'Poetry with extras',
      '[tool.poetry.dependencies]\nsqlalchemy = {extras = ["asyncio"], version = "~1.4.2"}',
      'sqlalchemy 1.4.2 <1.5.0',
    ],
    ['a group of Poetry', '[tool.poetry.group.db.dependencies]\nalembic = "1.8.1"', 'alembic =1.8.1'],
    [
      'a table of its own',
      '[tool.poetry.dependencies.sqlalchemy]\nversion = ">=1.4"\nextras = ["asyncio"]',
      'sqlalchemy 1.4.0',
    ],
    ['several Pythons', '[tool.poetry.dependencies]\nalembic = [{version = "1.7", python = "3.6"}]', 'alembic =1.7.0'],
    ['any version', '[tool.poetry.dependencies]\nalembic = "*"', 'alembic ?'],
    ['alternatives', '[tool.poetry.dependencies]\nsqlalchemy = "^1.4 || ^2.0"', 'sqlalchemy 1.4.0 <2.0.0'],
    ['uv', '[tool.uv]\ndev-dependencies = ["sqlalchemy>=2"]', 'sqlalchemy 2.0.0'],
  ])('%s', (_, text, expected) => {
    expect(said('pyproject.toml', `${text}\n`)).toEqual([expected]);
  });

  test('names packages of other tables and other tools in vain', () => {
    const text =
      '[project]\nname = "sqlalchemy"\nkeywords = ["alembic"]\n[tool.isort]\nknown_third_party = ["sqlalchemy==1"]\n';
    expect(said('pyproject.toml', text)).toEqual([]);
  });

  test('is a template or broken, and read as far as it goes', () => {
    const text =
      '[project]\nname = "{{cookiecutter.name}}"\n{% if cookiecutter.db %}\ndependencies = ["sqlalchemy>=2.0", {{x}}]\n{% endif %}\nother = [[[[\n';
    expect(said('pyproject.toml', text)).toEqual(['sqlalchemy 2.0.0']);
  });

  test('spans the requirement inside its quotes', () => {
    const text = '[project]\ndependencies = ["x", "alembic>=1.12"]\n';
    const [{ span } = { span: { start: 0, end: 0 } }] = read('pyproject.toml', text).packages!;
    expect(text.slice(span.start, span.end)).toBe('alembic>=1.12');
  });
});

describe('lock files', () => {
  test.each([
    [
      'uv.lock',
      'version = 1\n\n[[package]]\nname = "sqlalchemy"\nversion = "2.0.36"\nsource = { registry = "x" }\n',
      'sqlalchemy =2.0.36 locked',
    ],
    ['poetry.lock', '[[package]]\r\nname = "SQLAlchemy"\r\nversion = "1.4.54"\r\n', 'sqlalchemy =1.4.54 locked'],
    ['pdm.lock', '[[package]]\nname = "alembic"\nversion = "1.16.0"\n', 'alembic =1.16.0 locked'],
    [
      'Pipfile.lock',
      '{"default": {"flask": {"version": "==3.0"}, "sqlalchemy": {"hashes": ["a", "b"],\n "markers": "x", "version": "==1.4.46"}}}',
      'sqlalchemy =1.4.46 locked',
    ],
  ])('%s', (path, text, expected) => expect(said(path, text)).toEqual([expected]));

  test('Pipfile and setup.cfg are none', () => {
    expect(said('Pipfile', '[packages]\nsqlalchemy = {extras = ["asyncio"], version = ">=2.0"}\nx = "*"\n')).toEqual([
      'sqlalchemy 2.0.0',
    ]);
    const setup =
      '[options]\ninstall_requires =\n    flask\n    SQLAlchemy>=1.4,<2.0  # not yet\n[options.extras_require]\ndev =\n    alembic\n';
    expect(said('setup.cfg', setup)).toEqual(['sqlalchemy 1.4.0 <2.0.0', 'alembic ?']);
  });
});

describe('the version for a path', () => {
  const project = projectOf({
    'pyproject.toml': '[project]\ndependencies = ["sqlalchemy>=1.4", "alembic"]\n',
    'uv.lock': '[[package]]\nname = "alembic"\nversion = "1.16.4"\n',
    'legacy/requirements.txt': 'sqlalchemy==1.3.24\n',
    'services/api/requirements/base.txt': 'sqlalchemy>=2.0,<2.1\n',
    'services/api/requirements/dev.txt': 'sqlalchemy>=2.0.4\n',
    'services/api/docs/requirements.txt': 'alembic\n',
  });
  const version = (path: string, name = 'sqlalchemy') => packageVersion(project, path, name);

  test('is told by the nearest folder', () => {
    expect(version('app/models.py')).toEqual({ major: 1, minor: 4, patch: 0, exact: false });
    expect(version('legacy/models.py')).toEqual({ major: 1, minor: 3, patch: 24, exact: true });
    expect(version('services/api/app/models.py')).toMatchObject({ major: 2, minor: 0, patch: 0, exact: false });
  });

  test('is told by a lock file, and by no requirement without a version', () => {
    expect(version('app/models.py', 'alembic')).toEqual({ major: 1, minor: 16, patch: 4, exact: true });
    expect(version('services/api/docs/conf.py', 'alembic')).toMatchObject({ minor: 16 });
  });

  test('is not known without any', () => {
    expect(version('app/models.py', 'sqlmodel')).toBeUndefined();
  });

  test('is compared for what is certain', () => {
    expect([atLeast(version('app/a.py'), 2), isOlder(version('app/a.py'), 2)]).toEqual([false, false]);
    expect([atLeast(version('legacy/a.py'), 1, 4), isOlder(version('legacy/a.py'), 1, 4)]).toEqual([false, true]);
    expect([atLeast(version('services/api/a.py'), 2), isOlder(version('services/api/a.py'), 2, 1)]).toEqual([
      true,
      true,
    ]);
    expect([atLeast(undefined, 1), isOlder(undefined, 9)]).toEqual([false, false]);
  });
});
