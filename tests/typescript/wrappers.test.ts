import { describe, expect, test } from 'vitest';
import { readProject } from './support.js';

/** The columns of an entity whose property `price` bears a decorator of another file. */
function columns(decorator: string, wrapper: string): string[] {
  const files = {
    'src/product.ts': `import { Entity, PrimaryGeneratedColumn } from 'typeorm';
      import { Money } from './decorators';
      @Entity() export class Product { @PrimaryGeneratedColumn() id: number; ${decorator} price: string; }`,
    'src/decorators.ts': `import { applyDecorators } from '@nestjs/common';
      import { Column, Index, PrimaryColumn } from 'typeorm';
      import { NUMERIC } from './types';
      ${wrapper}`,
    'src/types.ts': "export const NUMERIC = 'numeric';",
  };
  const [{ tables } = { tables: [] }] = readProject(files);
  return tables.flatMap((table) => [
    ...table.columns.map(({ name, type, nullable }) => `${name.value} ${type?.name ?? '?'} ${String(nullable)}`),
    ...table.indexes.map(() => 'index'),
  ]);
}

describe('decorators of the project are what they make', () => {
  const numeric = ['id integer false', 'price numeric true'];

  test.each<[string, string, string, string[]]>([
    [
      'a function',
      '@Money()',
      'export function Money() { return Column({ type: NUMERIC, nullable: true }); }',
      numeric,
    ],
    ['an arrow', '@Money()', "export const Money = () => Column({ type: 'numeric', nullable: true });", numeric],
    [
      'options that are handed on',
      '@Money({ nullable: true })',
      "export const Money = (options: object = {}) => Column({ type: 'numeric', ...options });",
      numeric,
    ],
    [
      'several decorators',
      '@Money(true)',
      "export const Money = (nullable: boolean) => applyDecorators(Column({ type: 'numeric', nullable }), Index());",
      [...numeric, 'index'],
    ],
    [
      'a decorator that calls others',
      "@Money('numeric')",
      'export function Money(type: string) { return (target: object, key: string) => { Column({ type, nullable: true })(target, key); }; }',
      numeric,
    ],
    [
      'a decorator without a call',
      '@Money',
      "export const Money = Column({ type: 'numeric', nullable: true });",
      numeric,
    ],
    [
      'a wrapper of a wrapper',
      '@Money()',
      "const Amount = (type: string) => Column({ type, nullable: true }); export const Money = () => Amount('numeric');",
      numeric,
    ],
  ])('%s', (_, decorator, wrapper, expected) => {
    expect(columns(decorator, wrapper)).toEqual(expected);
  });
});
