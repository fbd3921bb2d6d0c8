import { expect, test } from 'vitest';
import { lintFiles } from '../../src/index.js';

const models = `from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Owned:
    owner_id: Mapped[int] = mapped_column(index=True)


class Book(Owned, Base):
    __tablename__ = "book"
    __table_args__ = (UniqueConstraint("owner_id", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]


class Letter(Owned, Base):
    __tablename__ = "letter"

    sender: Mapped[int] = mapped_column(primary_key=True, index=True)
`;

test('an index that a mixin brings is not offered for removal, as other classes need it', async () => {
  const { findings } = await lintFiles(
    { 'models.py': models },
    { config: { extends: [], rules: { 'indexing/redundant-index': 'warn' } } },
  );
  expect(findings.map(({ line, suggestions }) => [line, suggestions?.length ?? 0])).toEqual([
    [14, 0],
    [24, 1],
  ]);
});
