import fc from 'fast-check';
import { Sequelize } from 'sequelize';
import { describe, expect, test } from 'vitest';
import { camelize, pluralize, singularize, underscore } from '../../src/frontends/typescript/sequelize/inflection.js';

const theirs = (Sequelize as unknown as { Utils: { [name: string]: (word: string) => string } }).Utils;
const ours: { [name: string]: (word: string) => string } = { pluralize, singularize, underscore, camelize };

/** Beginnings and endings of which the rules speak, and some of which they don't. */
const beginnings =
  'user data time child per m wom O S ana dia the cri octo ali can sta mat ind vert lea wol b sh kni qu ox fo too cu a e x hi l tita'.split(
    ' ',
  );
const endings =
  's es ies ves ia ium um a us uses sis ses men man people person child children fe f fes y ays ix ex ices x ch sh ss sses ouse mouse mice lice ouses o oes foot feet tooth teeth goose geese quiz quizzes criterion criteria genus genera news series species equipment sheep status statuses bus buses database databases drive drives hive hives curve curves movie movies shoe shoes crisis crises virus viruses alias aliases summons summonses oxen whereas whereases information money IDs Status Series People Children'.split(
    ' ',
  );
const words = [...endings, ...beginnings, ...beginnings.flatMap((begin) => endings.map((end) => begin + end))];

describe.each(['pluralize', 'singularize', 'underscore', 'camelize'])('%s', (name) => {
  test('as the library does it, for endings that its rules name', () => {
    const differing = words.filter((word) => ours[name]!(word) !== theirs[name]!(word));
    expect(differing.map((word) => `${word}: ${theirs[name]!(word)}, not ${ours[name]!(word)}`)).toEqual([]);
  });

  test('as the library does it, for any name', () => {
    const part = fc.constantFrom(...words, 'HTTP', 'OAuth2', 'A', '_', 'i18n', '-', ' ', 'É', '::');
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        // The library stumbles over a line at the end.
        const word = `${parts.join('')}x`;
        return ours[name]!(word) === theirs[name]!(word);
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ['HTTPServer', 'h_t_t_p_server'],
  ['OAuth2Token', 'o_auth2_token'],
  ['userID', 'user_i_d'],
  ['S3Bucket', 's3_bucket'],
])('%s with underscored', (name, expected) => {
  expect(underscore(name)).toBe(expected);
});

test.each([
  ['Person', 'People'],
  ['Status', 'Statuses'],
  ['Child', 'Children'],
  ['Equipment', 'Equipment'],
  ['Series', 'Series'],
  ['News', 'News'],
  ['Bus', 'Buses'],
  ['user', 'users'],
  ['Users', 'Users'],
])('%s in the plural', (name, expected) => {
  expect(pluralize(name)).toBe(expected);
});
