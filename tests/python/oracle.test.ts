import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { readSql } from '../sql/brief.js';
import { expectedLines, judged, type Expected } from './oracle/expected.js';
import { factLines, readPackage } from './oracle/facts.js';

const here = join(import.meta.dirname, 'oracle');
const expectations = readdirSync(join(here, 'expected'));
const dialects: Dialect[] = ['postgresql', 'mysql', 'sqlite'];

/** The canonical name of a type as SQLAlchemy writes it. */
function typeOf(compiled: string, dialect: Dialect): string {
  const [statement] = readSql(`CREATE TABLE t (a ${compiled})`, dialect);
  const [operation] = statement?.operations ?? [];
  return (operation?.kind === 'CreateTable' && operation.definition.columns[0]?.type.name) || '?';
}

describe.each(expectations)('%s', (file) => {
  const { versions, projects } = JSON.parse(readFileSync(join(here, 'expected', file), 'utf8')) as {
    versions: { [name: string]: string };
    projects: { [name: string]: Expected };
  };
  describe.each(Object.keys(projects))(`%s, as SQLAlchemy ${versions['sqlalchemy'] ?? ''} builds it`, (name) => {
    // Aliases of types in a type_annotation_map are still to come.
    (name === 'typed' ? test.fails : test).each(dialects)('%s', (dialect) => {
      const facts = factLines(readPackage(join(here, name), dialect), dialect);
      const wanted = expectedLines(projects[name]!, dialect, (compiled) => typeOf(compiled, dialect));
      expect(judged(facts, wanted)).toEqual(judged(wanted, wanted));
    });
  });
});
