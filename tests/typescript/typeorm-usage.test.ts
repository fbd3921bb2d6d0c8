import { describe, expect, test } from 'vitest';
import { readOne } from './support.js';

/** `kind api` of what is not waited for, or not run. */
const found = (body: string): string[] =>
  readOne(`import { DataSource, EntityManager, QueryRunner, Repository } from 'typeorm';
import { User } from './user';
export class Users {
  constructor(private readonly users: Repository<User>, private readonly source: DataSource) {}
  async work(runner: QueryRunner, manager: EntityManager, user: User) {
    ${body}
  }
}`).usages.flatMap(({ kind, api }) => (/^(?:missing-await|unexecuted-builder)$/.test(kind) ? [`${kind} ${api}`] : []));

describe('promises that nothing waits for', () => {
  test.each([
    ["runner.query('SELECT 1');", ['missing-await runner.query()']],
    ['runner.commitTransaction();', ['missing-await runner.commitTransaction()']],
    ["runner.dropColumn('user', 'a');", ['missing-await runner.dropColumn()']],
    ['this.users.save(user);', ['missing-await this.users.save()']],
    ['manager.delete(User, 1);', ['missing-await manager.delete()']],
    ["await runner.query('SELECT 1');", []],
    ["return runner.query('SELECT 1');", []],
    ['const saved = this.users.save(user); await saved;', []],
    ['await Promise.all([this.users.save(user), manager.delete(User, 1)]);', []],
    ['this.users.save(user).catch(() => undefined);', []],
    ['void this.users.save(user);', []],
    ['this.users.create(user);', []],
    ['this.cache.save(user);', []],
  ])('%s', (body, expected) => {
    expect(found(body)).toEqual(expected);
  });
});

describe('builders that nothing runs', () => {
  test.each([
    ["this.users.createQueryBuilder().delete().where('id = 1');", ['unexecuted-builder createQueryBuilder()']],
    ["await this.users.createQueryBuilder('u').where('u.id = 1');", ['unexecuted-builder createQueryBuilder()']],
    ["await this.users.createQueryBuilder().delete().where('id = 1').execute();", []],
    ["const found = this.users.createQueryBuilder('u'); found.andWhere('u.id = 1'); return found.getMany();", []],
    ["return this.users.createQueryBuilder('u').where('u.id = 1');", []],
  ])('%s', (body, expected) => {
    expect(found(body)).toEqual(expected);
  });
});
