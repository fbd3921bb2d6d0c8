import { expect, test } from 'vitest';
import { inverseOf } from '../../src/queries/inverses.js';
import { projectOf } from './support/project.js';

test.each([
  ['CREATE TABLE t (id int);', 'its inverse (drop table t)'],
  ['DROP TABLE t;', 'its inverse (create table t again)'],
  ['CREATE TEMPORARY TABLE m AS SELECT 1 AS a; CREATE INDEX m_a ON m (a); DROP TABLE m;', 'the inverse of each step'],
  ['CREATE TABLE m (a int); CREATE TABLE t (id int); DROP TABLE m;', 'its inverse (drop table t)'],
  ['DROP TABLE m; CREATE TABLE m (a int);', 'its inverse (drop table m, create table m again)'],
])('%s', async (text, words) => {
  const project = await projectOf({ 'migrations/0001_change.sql': text });
  expect(inverseOf(project.files[0]!.migrations[0]!)).toContain(words);
});
