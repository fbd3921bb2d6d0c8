import { describe, expect, test } from 'vitest';
import { python } from '../../src/frontends/python/front-end.js';
import { read } from './reading.js';

const model = `from sqlalchemy import Column, Integer, String, ForeignKey, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class User(Base):
    """Who signs in."""
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped["str | None"] = mapped_column(String(50), comment='it\\'s "quoted"')

def find(session, name):
    return session.execute(text(f"select * from users where name = '{name}'")).all()
`;

const revision = `"""Add a column"""
from alembic import op
import sqlalchemy as sa
revision = "a1"
down_revision = None
def upgrade():
    for t in ("a", "b"):
        op.add_column(t, sa.Column("c", sa.Integer(), nullable=False))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"update a set c = {1}")
def downgrade():
    op.drop_column("a", "c")
`;

describe('bad input', () => {
  test.each([
    ['empty', ''],
    ['blank', ' \n\t\n'],
    ['NUL', 'x = 1\0\nclass A(Base):\n  pass\n'],
    ['lone carriage returns', model.replace(/\n/g, '\r')],
    ['nested parentheses', `x = ${'('.repeat(5000)}1${')'.repeat(5000)}`],
    ['unclosed parentheses', '('.repeat(20_000)],
    ['a long sum', `x = ${Array.from({ length: 3000 }, () => "'a'").join(' + ')}`],
    ['a template', '{% if a %}\nclass {{ name }}(Base):\n    pass\n{% endif %}'],
    ['nested brackets in SQL', `op.execute("${'('.repeat(3000)}")`],
    ['a name that is itself', 'a = a\nb = c\nc = b\nclass A(A):\n    __tablename__ = b\n'],
    ['a class that inherits from itself over another', 'class A(B):\n  x: Mapped[int]\nclass B(A):\n  pass\n'],
    ['a function that calls itself', 'from alembic import op\ndef upgrade():\n  upgrade()\n  op.drop_table("t")\n'],
  ])('%s does not throw', (_, text) => {
    expect(() => read(text)).not.toThrow();
  });

  test.each([
    ['lists', 'x = [1, 2]', 'x + x', '",".join(x)'],
    ['spread lists', 'x = [1, 2]', '[*x, *x]', '",".join(x)'],
    ['dicts', 'x = {"a": 1}', '{**x, **x}', '",".join(x)'],
    ['text', 'x = "a"', 'f"{x}{x}"', 'x'],
    ['formatted text', 'x = "%s%s"', 'x % (x, x)', 'x'],
    ['text with places', 'x = "a"', '"{0}{0}".format(x)', 'x'],
    ['joined text', 'x = "a"', 'x.join([x] * 900)', 'x'],
    ['replaced text', 'x = "a"', 'x.replace("a", "aaaa")', 'x'],
  ])('%s that each line makes larger end as something unknown', (_, first, next, end) => {
    const lines = Array.from({ length: 40 }, (_, at) => {
      const [to, from] = [`x${at + 1}`, at === 0 ? 'x' : `x${at}`];
      return `${to} = ${next.replace(/\bx\b/g, from)}`;
    });
    const text = ['from alembic import op', 'revision = "a"', 'down_revision = None', first, ...lines];
    const { migrations } = read([...text, 'def upgrade():', `  op.execute(${end.replace(/\bx\b/, 'x40')})`].join('\n'));
    expect(migrations[0]!.up.steps).toMatchObject([{ operation: { kind: 'Opaque' } }]);
  });

  test('broken syntax is one problem, on one line', () => {
    const { problems } = read('class A(:\n  pass\n\ndef (\n\nx = = 1\n');
    expect(problems.map(({ code }) => code)).toEqual(['syntax']);
    expect(problems[0]!.span.start).toBeLessThan(12);
  });

  test('text that is nested too deeply is a problem', () => {
    const { problems } = read(`x = ${'['.repeat(2000)}${']'.repeat(2000)}`);
    expect(problems.map(({ code }) => code)).toContain('too-deep');
  });

  test.each([
    ['model', model],
    ['revision', revision],
  ])('a %s that is cut off anywhere does not throw', (_, text) => {
    for (let end = 0; end < text.length; end += 7) expect(() => read(text.slice(0, end))).not.toThrow();
  });

  test.each([
    ['model', model],
    ['revision', revision],
  ])('the facts of a %s survive JSON', (_, text) => {
    const facts = read(text);
    expect(JSON.parse(JSON.stringify(facts))).toStrictEqual(facts);
  });

  test('every span of the facts lies inside the file', () => {
    for (const text of [model, revision]) {
      JSON.stringify(read(text), (_key, value: unknown) => {
        if (typeof value === 'object' && value !== null && 'start' in value && 'end' in value) {
          const { start, end } = value as { start: number; end: number };
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(text.length);
        }
        return value;
      });
    }
  });
});

describe('which files matter', () => {
  const matters = (text: string) =>
    python.mayMatter({ path: 'a.py', text }, { dialect: 'postgresql', scope: 'project' });
  test.each([
    ['from sqlalchemy import Column', true],
    ['class User(db.Model):\n    pass', true],
    ['class A(Base):\n    __tablename__ = "a"', true],
    ['def upgrade():\n    op.drop_table("a")', true],
    ['cur.execute("select 1")', true],
    ['class Hero(SQLModel, table=True): pass', true],
    ['print("hello")', false],
    ['def add(a, b):\n    return a + b', false],
  ])('%s', (text, expected) => {
    expect(matters(text)).toBe(expected);
  });
});
