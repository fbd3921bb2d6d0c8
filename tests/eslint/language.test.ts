import { Linter, type Rule } from 'eslint';
import { describe, expect, it } from 'vitest';
import { commentsOf, type OwnLanguage } from '../../src/eslint/comments.js';
import { type DdlintSourceCode, languages } from '../../src/eslint/language.js';

/** A rule that marks every `BAD` in the text and offers `GOOD` instead. */
const bad: Rule.RuleModule = {
  meta: { fixable: 'code', languages: ['ddlint/*'] },
  create: ({ sourceCode, report }) => ({
    Document() {
      for (const { index } of sourceCode.text.matchAll(/BAD/g)) {
        const [start, end] = [index, index + 3];
        report({
          message: 'bad',
          loc: { start: sourceCode.getLocFromIndex(start), end: sourceCode.getLocFromIndex(end) },
          fix: (fixer) => fixer.replaceTextRange([start, end], 'GOOD'),
        });
      }
    },
  }),
};

const plugin = { meta: { name: 'ddlint' }, languages, rules: { bad } };
const configFor = (language: OwnLanguage, rules: Linter.RulesRecord = { 'ddlint/bad': 'error' }): Linter.Config[] => [
  { files: ['**/*.x'], plugins: { ddlint: plugin as never }, language: `ddlint/${language}`, rules },
];
const lint = (language: OwnLanguage, text: string, rules?: Linter.RulesRecord): Linter.LintMessage[] =>
  new Linter({ configType: 'flat' }).verify(text, configFor(language, rules), { filename: 'file.x' });
const places = (messages: Linter.LintMessage[]): string[] => messages.map(({ line, column }) => `${line}:${column}`);

describe("ESLint's languages of ddlint", () => {
  it('gives one Document node with the extent of the text', () => {
    const file = { path: 'a.sql', physicalPath: 'a.sql', bom: false, body: 'a;\r\nb;\rcd' };
    const { ast } = languages.sql.parse(file, { languageOptions: {} }) as { ast: DdlintSourceCode['ast'] };
    expect(ast).toEqual({
      type: 'Document',
      range: [0, 9],
      loc: { start: { line: 1, column: 0 }, end: { line: 3, column: 2 } },
    });
  });

  it('counts columns in UTF-16 code units, and CRLF, LF and a lone CR as one line break each', () => {
    expect(places(lint('sql', "select '😀', BAD;\r\nBAD\rBAD\n BAD"))).toEqual(['1:14', '2:1', '3:1', '4:2']);
  });

  it('keeps the byte order mark out of positions and in the fixed text', () => {
    const messages = lint('python', '\uFEFFBAD = 1');
    expect(places(messages)).toEqual(['1:1']);
    const fixed = new Linter({ configType: 'flat' }).verifyAndFix('\uFEFFx = "BAD"\r\n', configFor('python'), {
      filename: 'file.x',
    });
    expect(fixed.output).toBe('\uFEFFx = "GOOD"\r\n');
  });

  it.each<[string, OwnLanguage, string, string[]]>([
    ['a line in Python', 'python', 'BAD  # eslint-disable-line ddlint/bad -- why\nBAD', ['2:1']],
    ['the next line in Python', 'python', '# eslint-disable-next-line\r\nBAD\r\nBAD', ['3:1']],
    ['a stretch in Python', 'python', '# eslint-disable ddlint/bad\nBAD\n# eslint-enable ddlint/bad\nBAD', ['4:1']],
    ['a line in SQL', 'sql', 'BAD -- eslint-disable-line ddlint/bad -- why\nBAD', ['2:1']],
    ['the next line in SQL', 'sql', '/* eslint-disable-next-line ddlint/bad */\nBAD\nBAD', ['3:1']],
    ['the rest of SQL', 'sql', 'BAD\n/* eslint-disable */ BAD\nBAD', ['1:1']],
    ['the body of a routine', 'sql', 'do $x$ begin\n-- eslint-disable-next-line\nBAD\nBAD end $x$', ['4:1']],
    ['nothing in a string of SQL', 'sql', "select '-- eslint-disable-line', BAD", ['1:34']],
    ['nothing in a string of Python', 'python', 'x = "# eslint-disable-line" + BAD', ['1:31']],
    ['a line in Prisma', 'prisma', 'BAD // eslint-disable-line ddlint/bad -- why\nBAD', ['2:1']],
    ['the next line in Prisma', 'prisma', '/// eslint-disable-next-line ddlint/bad\nBAD\nBAD', ['3:1']],
    ['a stretch in Prisma', 'prisma', '/* eslint-disable ddlint/bad */ BAD\n/* eslint-enable */ BAD', ['2:21']],
    ['nothing in a string of Prisma', 'prisma', '@map("// eslint-disable-line") BAD', ['1:32']],
  ])("heeds ESLint's own directive for %s", (_, language, text, expected) => {
    expect(places(lint(language, text))).toEqual(expected);
  });

  it('refuses a line directive that spans lines', () => {
    const messages = lint('sql', '/* eslint-disable-line\n ddlint/bad */ BAD');
    expect(messages.map(({ message }) => message)).toEqual([
      'eslint-disable-line comment should not span multiple lines.',
      'bad',
    ]);
  });

  it('lets a comment configure a rule, and reports one that can not be read', () => {
    expect(lint('python', '# eslint ddlint/bad: "off"\nBAD')).toEqual([]);
    expect(lint('sql', 'BAD -- eslint ddlint/bad: warn', {}).map(({ severity }) => severity)).toEqual([1]);
    const [unreadable] = lint('sql', '/* eslint ddlint/bad: [ */', {});
    expect(unreadable?.message).toContain('Failed to parse JSON');
  });

  it('reports an unused directive and takes out the comment', () => {
    const config: Linter.Config[] = [
      ...configFor('python'),
      { linterOptions: { reportUnusedDisableDirectives: 'error' } },
    ];
    const linter = new Linter({ configType: 'flat' });
    const text = 'x = 1  # eslint-disable-line ddlint/bad\ny = 2\n';
    expect(linter.verify(text, config, { filename: 'file.x' }).map(({ message }) => message)).toEqual([
      "Unused eslint-disable directive (no problems were reported from 'ddlint/bad').",
    ]);
    expect(linter.verifyAndFix(text, config, { filename: 'file.x' }).output).toBe('x = 1   \ny = 2\n');
  });
});

describe('the comment scan', () => {
  const found = (text: string, language: OwnLanguage): string[] =>
    commentsOf(text, language).map(({ span, value }) => {
      expect(text.slice(span.start, span.end)).toContain(value);
      return value;
    });

  it('takes no string of Python for a comment', () => {
    expect(found('"""# a\n\'# b""" # c\n\'\\\'# d\' # e\nr"\\" # f" # g', 'python')).toEqual([' c', ' e', ' g']);
  });

  it('goes on behind a string of Python that is never closed', () => {
    expect(found('x = "abc # in the string\n# a', 'python')).toEqual([' a']);
    expect(found('"""abc # in the string\n# still', 'python')).toEqual([]);
  });

  it('takes no string, name or dollar quote of SQL for a comment', () => {
    expect(found(`'it''s -- a' -- b\n"-- c" /* d */ E'\\'-- e' \`-- f\` a$b -- g`, 'sql')).toEqual([' b', ' d ', ' g']);
  });

  it('reads bodies in dollar quotes, one inside the other, and text with an apostrophe in them', () => {
    expect(found("$a$ -- b\n $c$ it's $c$ -- d\n $a$ -- e", 'sql')).toEqual([' b', ' d', ' e']);
  });

  it('takes no string of Prisma for a comment', () => {
    expect(found('@map("a // b") // c\n"d\\" /* e */" /* f */\n/// g', 'prisma')).toEqual([' c', ' f ', ' g']);
  });

  it('survives what is never closed', () => {
    expect(found('/* a // b\n"c // d\n// e', 'prisma')).toEqual([' b', ' e']);
    expect(found('-- a\n/* b', 'sql')).toEqual([' a']);
    expect(found("-- a\n'b -- c", 'sql')).toEqual([' a']);
    expect(found('-- a\n$b$ -- c', 'sql')).toEqual([' a', ' c']);
    expect(
      found(
        '$a$'.repeat(100_000).replaceAll('a', () => 'ab'),
        'sql',
      ),
    ).toEqual([]);
  });
});
