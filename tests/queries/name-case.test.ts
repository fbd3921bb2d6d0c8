import { describe, expect, test } from 'vitest';
import { inStyle, isInStyle } from '../../src/queries/name-case.js';

describe('the case of names', () => {
  test.each([
    ['user_accounts', 'UserAccounts', 'userAccounts', 'USER_ACCOUNTS'],
    ['http_log', 'HttpLog', 'httpLog', 'HTTP_LOG'],
    ['v2_item', 'V2Item', 'v2Item', 'V2_ITEM'],
  ])('%s', (snake, pascal, camel, upper) => {
    for (const name of [snake, pascal, camel, upper]) {
      expect(inStyle(name, 'snake_case')).toBe(snake);
      expect(inStyle(name, 'PascalCase')).toBe(pascal);
      expect(inStyle(name, 'camelCase')).toBe(camel);
      expect(inStyle(name, 'UPPER_SNAKE_CASE')).toBe(upper);
    }
  });

  test('initials are one word', () => {
    expect(inStyle('HTTPServerLog', 'snake_case')).toBe('http_server_log');
  });

  test('an unquoted name in capitals has no case where the dialect folds it', () => {
    expect(isInStyle({ value: 'USERS', quoted: false }, 'snake_case', 'postgresql')).toBe(true);
    expect(isInStyle({ value: 'USERS', quoted: true }, 'snake_case', 'postgresql')).toBe(false);
    expect(isInStyle({ value: 'USERS', quoted: false }, 'snake_case', 'mysql')).toBe(false);
    expect(isInStyle({ value: 'UserAccounts', quoted: false }, 'snake_case', 'postgresql')).toBe(false);
  });

  test('a name with other signs is in no style', () => {
    expect(isInStyle({ value: 'user accounts', quoted: true }, 'snake_case', 'postgresql')).toBe(false);
    expect(isInStyle({ value: 'größe_2', quoted: true }, 'snake_case', 'postgresql')).toBe(true);
  });
});
