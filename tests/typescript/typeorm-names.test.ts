import { describe, expect, test } from 'vitest';
import {
  checkName,
  defaultStrategy,
  foreignKeyName,
  indexName,
  primaryKeyName,
  snakeStrategy,
} from '../../src/frontends/typescript/typeorm/names.js';

describe('table names of TypeORM', () => {
  test.each([
    ['HTTPServer', 'http_server'],
    ['OAuth2Token', 'o_auth2_token'],
    ['UserABTest', 'user_ab_test'],
    ['createdAtUTC', 'created_at_utc'],
    ['a1B2', 'a1_b2'],
    ['user2FA', 'user2_fa'],
    ['S3Bucket', 's3_bucket'],
    ['IPv4Address', 'i_pv4_address'],
  ])('%s becomes %s', (className, table) => {
    expect(defaultStrategy.table(className)).toBe(table);
  });
});

// The values were produced by typeorm 1.1.1.
describe('generated names', () => {
  test.each([
    ['index, columns sorted', indexName('user_account', ['b', 'a']), 'IDX_88f9e04826ed5d0fee43dab2de'],
    ['partial index', indexName('user_account', ['b', 'a'], 'x > 1'), 'IDX_5d5988a2c2a75b56c6078a1f33'],
    ['primary key', primaryKeyName('user_account', ['id']), 'PK_6acfec7285fdf9f463462de3e9f'],
    ['primary key, schema left out', primaryKeyName('app.user_account', ['id']), 'PK_6acfec7285fdf9f463462de3e9f'],
    ['foreign key', foreignKeyName('user_account', ['b']), 'FK_eb02b3f63a07ddae7b0f2efe7df'],
    ['check', checkName('user_account', '"age" > 0'), 'CHK_e2dece6426a4d98be41dc61a34'],
  ])('%s', (_, actual, expected) => {
    expect(actual).toBe(expected);
  });
});

describe('column names', () => {
  test.each([
    ['plain', defaultStrategy.column('createdAt', undefined, []), 'createdAt'],
    ['given', defaultStrategy.column('createdAt', 'made_at', []), 'made_at'],
    ['embedded', defaultStrategy.column('zipCode', undefined, ['homeAddress']), 'homeAddressZipcode'],
    ['embedded twice', defaultStrategy.column('a', undefined, ['home', 'billingAddr']), 'homeBillingAddrA'],
    ['of a relation', defaultStrategy.joinColumn('author', 'id'), 'authorId'],
    ['junction', defaultStrategy.joinTable('user_account', 'tag', 'tags'), 'user_account_tags_tag'],
    ['junction column', defaultStrategy.joinTableColumn('user_account', 'id', undefined), 'userAccountId'],
    ['snake strategy', snakeStrategy.column('createdAt', undefined, []), 'created_at'],
    ['snake strategy, relation', snakeStrategy.joinColumn('createdBy', 'id'), 'created_by_id'],
  ])('%s', (_, actual, expected) => {
    expect(actual).toBe(expected);
  });
});
