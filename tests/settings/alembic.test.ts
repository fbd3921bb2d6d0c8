import { describe, expect, test } from 'vitest';
import { read } from './read.js';

const ini = `# A generic, single database configuration.

[alembic]
script_location = %(here)s/migrations
# ddlint-disable-next-line config/literal-ini-value
sqlalchemy.url = \${DATABASE_URL}  # from the shell
file_template = %%(year)d_%%(slug)s-50%
version_locations: %(here)s/a
    %(here)s/b
; an old comment
prepend_sys_path = .
base = x
joined = %(base)s/y
lost = %(nowhere)s

[post_write_hooks]
hooks = ruff
ruff.options = check --fix REVISION_SCRIPT_FILENAME ; quickly

[billing]
sqlalchemy.url = driver://user:p%%40ss@localhost/billing

[formatter_generic]
format = %(levelname)-5.5s [%(name)s] %(message)s
`;

const settings = (text: string) => read('alembic.ini', text).settings ?? [];

describe('alembic.ini', () => {
  test('gives the settings of its own sections, with what reading them gives', () => {
    expect(settings(ini).map(({ section, name, expanded }) => [section, name, expanded])).toEqual([
      ['alembic', 'script_location', '%(here)s/migrations'],
      ['alembic', 'sqlalchemy.url', '${DATABASE_URL}  # from the shell'],
      ['alembic', 'file_template', undefined],
      ['alembic', 'version_locations', '%(here)s/a\n%(here)s/b'],
      ['alembic', 'prepend_sys_path', '.'],
      ['alembic', 'base', 'x'],
      ['alembic', 'joined', 'x/y'],
      ['alembic', 'lost', undefined],
      ['post_write_hooks', 'hooks', 'ruff'],
      ['post_write_hooks', 'ruff.options', 'check --fix REVISION_SCRIPT_FILENAME ; quickly'],
      ['billing', 'sqlalchemy.url', 'driver://user:p%40ss@localhost/billing'],
    ]);
  });

  test('says what of a value is only text', () => {
    const found = settings(ini).flatMap(({ name, pieces }) =>
      pieces.map(({ kind, text, span }) => [name, kind, text, ini.slice(span.start, span.end)]),
    );
    expect(found).toEqual([
      ['sqlalchemy.url', 'variable', '${DATABASE_URL}', '${DATABASE_URL}'],
      ['sqlalchemy.url', 'comment', '# from the shell', '  # from the shell'],
      ['file_template', 'percent', '%', '%'],
      ['lost', 'reference', '%(nowhere)s', '%(nowhere)s'],
      ['ruff.options', 'comment', '; quickly', ' ; quickly'],
    ]);
  });

  test('spans keys and values', () => {
    const [location] = settings(ini);
    expect(ini.slice(location!.nameSpan.start, location!.nameSpan.end)).toBe('script_location');
    expect(ini.slice(location!.value.span.start, location!.value.span.end)).toBe('%(here)s/migrations');
  });

  test('keeps comments, for suppressions', () => {
    expect(read('alembic.ini', ini).comments.map(({ text, ownLine }) => [text, ownLine])).toEqual([
      ['A generic, single database configuration.', true],
      ['ddlint-disable-next-line config/literal-ini-value', true],
      ['an old comment', true],
    ]);
  });

  test.each([
    '[alembic]\r\nsqlalchemy.url = a  # b\r\n',
    '[alembic]\nsqlalchemy.url=postgresql://u:p@h/d#frag\n',
    '[alembic]\nsqlalchemy.url =\n',
    'sqlalchemy.url = x\n[alembic',
    '[alembic]\n  = x\n: y\n%\n{% if a %}\n[]\n',
  ])('is read without failing: %j', (text) => {
    for (const { value, pieces } of settings(text)) {
      expect(text.slice(value.span.start, value.span.end)).toBe(value.value);
      for (const { span, text: piece } of pieces) expect(text.slice(span.start, span.end).trim()).toBe(piece);
    }
  });

  test('is a template of cookiecutter', () => {
    const [url] = settings('[alembic]\nsqlalchemy.url = {{ cookiecutter.url }} # 50%\n');
    expect(url).toMatchObject({ template: true, pieces: [] });
    expect(url).not.toHaveProperty('expanded');
  });
});

test('[tool.alembic] of pyproject.toml', () => {
  const text = `[tool.alembic]
# where scripts are
script_location = "%(here)s/alembic"
version_locations = ["%(here)s/a", "%(here)s/b"]
file_template = '%%(rev)s'
recursive_version_locations = true

[tool.other]
script_location = "x"
`;
  const found = (read('pyproject.toml', text).settings ?? []).map(({ section, name, expanded }) => [
    section,
    name,
    expanded,
  ]);
  expect(found).toEqual([
    ['tool.alembic', 'script_location', '%(here)s/alembic'],
    ['tool.alembic', 'version_locations', '%(here)s/a\n%(here)s/b'],
    ['tool.alembic', 'file_template', '%(rev)s'],
    ['tool.alembic', 'recursive_version_locations', ''],
  ]);
});

describe('a hostile file', () => {
  test.each([
    ['values in a circle', 'a = %(b)s\nb = %(a)s\n', undefined],
    ['a value in itself', 'a = x%(a)s\n', undefined],
    [
      'values that double each other',
      `a = ${'%(b)s'.repeat(100)}\nb = ${'%(c)s'.repeat(100)}\nc = ${'%(d)s'.repeat(100)}\nd = dd\n`,
      undefined,
    ],
    [
      'deep values',
      `a = %(k0)s\n${Array.from({ length: 5000 }, (_, n) => `k${n} = %(k${n + 1})s\n`).join('')}`,
      undefined,
    ],
    ['values of another section', 'a = %(z)s\n[DEFAULT]\nz = 1\n', '1'],
  ])('%s', (_, text, expected) => {
    const [first] = settings(`[alembic]\n${text}`);
    expect([first?.name, first?.expanded]).toEqual(['a', expected]);
  });

  test('blanks without end', () => {
    const [first] = settings(`[alembic]\na = x${' '.repeat(200_000)}y # z\n`);
    expect(first?.pieces.map(({ kind, text }) => [kind, text])).toEqual([['comment', '# z']]);
  });
});
