import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { isTrivia, tokens } from '../../src/frontends/sql/tokens.js';

const dialects: Dialect[] = ['postgresql', 'mysql', 'sqlite', 'tsql', 'unknown', 'oracle', 'mariadb', 'cockroachdb'];

const cut = (text: string, dialect: Dialect) =>
  tokens(text, dialect)
    .filter((token) => !isTrivia(token))
    .map((token) => `${token.kind}:${text.slice(token.start, token.end)}`);

/** Signs that mean something to one dialect or another, so that arbitrary text meets them. */
const pieces = fc.constantFrom(
  ...[
    "'",
    '"',
    '`',
    '[',
    ']',
    '$$',
    '$a$',
    '/*',
    '*/',
    '/*!',
    '--',
    '-- ',
    '#',
    '\n',
    '\r\n',
    ';',
    '\\',
    '::',
    ':a',
    '?',
    '%s',
    '%(a)s',
  ],
  ...[
    '${a}',
    '{{a}}',
    '{%a%}',
    '{a}',
    '@',
    '@@',
    '#t',
    'DELIMITER //',
    '//',
    'GO',
    'COPY t FROM stdin',
    '\\.',
    'E',
    'U&',
    '0x',
    '1.',
    '..',
  ],
  ...[
    '--> statement-breakpoint',
    'BEGIN',
    'END',
    'a',
    ' ',
    '\0',
    '\ud800',
    'é',
    '\u{1f600}',
    '(',
    ')',
    '\u00a0',
    '$1',
    ":'",
    '-- atlas:delimiter x',
  ],
);

describe('tokens', () => {
  it.each(dialects)('joined are the text, whatever it is (%s)', (dialect) => {
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 6 })), { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        const all = tokens(text, dialect);
        expect(all.map((token) => text.slice(token.start, token.end)).join('')).toBe(text);
        expect(all.every((token, index) => token.start === (all[index - 1]?.end ?? 0) && token.end > token.start)).toBe(
          true,
        );
      }),
      { numRuns: 1500 },
    );
  });

  it.each<[Dialect, string[]]>([
    ['postgresql', ['word:a', 'word:b', 'word:c']],
    ['cockroachdb', ['word:a', 'word:b', 'word:c']],
    ['unknown', ['word:a', 'word:b', 'word:c']],
    ['sqlite', ['word:a', 'word:c']],
    ['tsql', ['word:a', 'word:c']],
  ])('of a comment that a carriage return alone stands in (%s)', (dialect, expected) => {
    expect(cut('a -- x\rb -- y\r\nc', dialect)).toEqual(expected);
  });

  it.each<[string, Dialect, string[]]>([
    [
      `'it''s' E'a\\'b' N'x' "a""b"`,
      'postgresql',
      [`string:'it''s'`, `string:E'a\\'b'`, `string:N'x'`, 'quoted:"a""b"'],
    ],
    [
      `a ? 'b' AND c::jsonb?'d' OR f(?) ? e AND ? = ANY (?)`,
      'postgresql',
      [
        ...['word:a', 'operator:?', `string:'b'`, 'word:AND', 'word:c', 'operator:::', 'word:jsonb', 'operator:?'],
        ...[
          `string:'d'`,
          'word:OR',
          'word:f',
          'punctuation:(',
          'placeholder:?',
          'punctuation:)',
          'operator:?',
          'word:e',
        ],
        ...['word:AND', 'placeholder:?', 'operator:=', 'word:ANY', 'punctuation:(', 'placeholder:?', 'punctuation:)'],
      ],
    ],
    [
      'LIMIT ? OFFSET ?;SELECT ?, a->? , ?',
      'postgresql',
      [
        ...['word:LIMIT', 'placeholder:?', 'word:OFFSET', 'placeholder:?', 'end:;', 'word:SELECT', 'placeholder:?'],
        ...['punctuation:,', 'word:a', 'operator:->', 'placeholder:?', 'punctuation:,', 'placeholder:?'],
      ],
    ],
    ['a ? b', 'mysql', ['word:a', 'placeholder:?', 'word:b']],
    [
      '$$a;b$$ $t$ $$ $t$ $1 $x',
      'postgresql',
      ['dollar:$$a;b$$', 'dollar:$t$ $$ $t$', 'placeholder:$1', 'placeholder:$x'],
    ],
    ['/* a /* b */ c */ d', 'postgresql', ['word:d']],
    ['/* a /* b */ c', 'mysql', ['word:c']],
    ['a --b\n, --\tc\nd', 'mysql', ['word:a', 'operator:-', 'operator:-', 'word:b', 'punctuation:,', 'word:d']],
    ['/*!40101 SET a */', 'mysql', ['word:SET', 'word:a']],
    [`"a" 'b\\'c' \`d\``, 'mysql', ['string:"a"', `string:'b\\'c'`, 'quoted:`d`']],
    ['[a]]b] #t ##u @v', 'tsql', ['quoted:[a]]b]', 'word:#t', 'word:##u', 'word:@v']],
    ['GO 5\nSELECT 1\ngo\n', 'tsql', ['directive:GO 5', 'word:SELECT', 'number:1', 'directive:go']],
    [
      'x::int :y a[1:2] :=',
      'postgresql',
      [
        'word:x',
        'operator:::',
        'word:int',
        'placeholder::y',
        'word:a',
        'punctuation:[',
        'number:1',
        'punctuation::',
        'number:2',
        'punctuation:]',
        'operator::=',
      ],
    ],
    [
      'a=%s and b=%(n)s and c % 2',
      'postgresql',
      [
        'word:a',
        'operator:=',
        'placeholder:%s',
        'word:and',
        'word:b',
        'operator:=',
        'placeholder:%(n)s',
        'word:and',
        'word:c',
        'operator:%',
        'number:2',
      ],
    ],
    [
      't_${x}.${y} {{ z }} {w}',
      'postgresql',
      ['word:t_${x}', 'punctuation:.', 'hole:${y}', 'hole:{{ z }}', 'hole:{w}'],
    ],
    [
      '"{{ z "x" }}".y "{{" "}}"',
      'postgresql',
      ['quoted:"{{ z "x" }}"', 'punctuation:.', 'word:y', 'quoted:"{{"', 'quoted:"}}"'],
    ],
    ['a;--> statement-breakpoint\nb', 'mysql', ['word:a', 'end:;', 'breakpoint:--> statement-breakpoint', 'word:b']],
    [
      'DELIMITER $$\na;b$$\nDELIMITER ;\nc;',
      'mysql',
      [
        'directive:DELIMITER $$',
        'word:a',
        'punctuation:;',
        'word:b',
        'end:$$',
        'directive:DELIMITER ;',
        'word:c',
        'end:;',
      ],
    ],
    [
      'COPY t FROM stdin;\n1\t;\n\\.\nSELECT',
      'postgresql',
      ['word:COPY', 'word:t', 'word:FROM', 'word:stdin', 'end:;', 'data:\n1\t;\n\\.', 'word:SELECT'],
    ],
    [
      'COPY t FROM stdin;\nSELECT 1;',
      'postgresql',
      ['word:COPY', 'word:t', 'word:FROM', 'word:stdin', 'end:;', 'word:SELECT', 'number:1', 'end:;'],
    ],
    ['\\c db\nSELECT 1', 'postgresql', ['directive:\\c db', 'word:SELECT', 'number:1']],
    ['.mode csv\nSELECT .5', 'sqlite', ['directive:.mode csv', 'word:SELECT', 'number:.5']],
    [
      "a->>'b' ->-1 =-2",
      'postgresql',
      [
        'word:a',
        'operator:->>',
        "string:'b'",
        'operator:->',
        'operator:-',
        'number:1',
        'operator:=',
        'operator:-',
        'number:2',
      ],
    ],
  ])('of %j (%s)', (text, dialect, expected) => {
    expect(cut(text, dialect)).toEqual(expected);
  });

  it.each<[string, Dialect]>([
    ["SELECT 'a", 'postgresql'],
    ['SELECT "a', 'postgresql'],
    ['SELECT $$a', 'postgresql'],
    ['SELECT /* a', 'postgresql'],
    ['SELECT [a', 'tsql'],
  ])('says that %j is not closed', (text, dialect) => {
    expect(tokens(text, dialect).at(-1)).toMatchObject({ unterminated: true, end: text.length });
  });
});
