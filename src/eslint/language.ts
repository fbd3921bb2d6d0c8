import type {
  File,
  FileProblem,
  Language,
  LanguageOptions,
  OkParseResult,
  RulesConfig,
  SourceLocation,
} from '@eslint/core';
import { ConfigCommentParser, Directive, TextSourceCodeBase, VisitNodeStep } from '@eslint/plugin-kit';
import { commentsOf, type OwnLanguage } from './comments.js';

/** The one node of a file in a language of ddlint's own: rules work on facts, not on syntax. */
interface Document {
  type: 'Document';
  range: [number, number];
  loc: SourceLocation;
}

/** A comment that ESLint reads as a directive. */
interface DirectiveComment {
  type: 'Comment';
  value: string;
  range: [number, number];
  loc: SourceLocation;
}

interface Types {
  LangOptions: LanguageOptions;
  Code: DdlintSourceCode;
  RootNode: Document;
  Node: Document;
}

interface SourceCodeTypes {
  LangOptions: LanguageOptions;
  RootNode: Document;
  SyntaxElementWithLoc: Document | DirectiveComment;
  ConfigNode: DirectiveComment;
}

/** Line breaks as the engine counts them: a lone carriage return is one. */
const LINE_BREAK = /\r\n?|\n/;
const DIRECTIVE = /^eslint(?:-enable|-disable(?:-next-line|-line)?)?$/;
const parser = new ConfigCommentParser();

function endOf(text: string): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (const found of text.matchAll(new RegExp(LINE_BREAK, 'g'))) {
    line++;
    start = found.index + found[0].length;
  }
  return { line, column: text.length - start };
}

/** A Python, SQL or Prisma file as ESLint's rules see it. */
export class DdlintSourceCode extends TextSourceCodeBase<SourceCodeTypes> {
  readonly language: OwnLanguage;
  #directives: DirectiveComment[] | undefined;

  constructor(text: string, ast: Document, language: OwnLanguage) {
    super({ text, ast, lineEndingPattern: LINE_BREAK });
    this.language = language;
  }

  override getParent(): undefined {
    return undefined;
  }

  override *traverse(): Generator<VisitNodeStep> {
    yield new VisitNodeStep({ target: this.ast, phase: 1, args: [this.ast] });
    yield new VisitNodeStep({ target: this.ast, phase: 2, args: [this.ast] });
  }

  getInlineConfigNodes(): DirectiveComment[] {
    return (this.#directives ??= this.text.includes('eslint')
      ? commentsOf(this.text, this.language)
          .filter(({ value }) => DIRECTIVE.test(parser.parseDirective(value)?.label ?? ''))
          .map(({ span: { start, end }, value }) => ({
            type: 'Comment',
            value,
            range: [start, end],
            loc: { start: this.getLocFromIndex(start), end: this.getLocFromIndex(end) },
          }))
      : []);
  }

  getDisableDirectives(): { directives: Directive[]; problems: FileProblem[] } {
    const directives: Directive[] = [];
    const problems: FileProblem[] = [];
    for (const node of this.getInlineConfigNodes()) {
      const { label, value, justification } = parser.parseDirective(node.value)!;
      if (label === 'eslint') continue;
      if (label === 'eslint-disable-line' && node.loc.start.line !== node.loc.end.line) {
        problems.push({ ruleId: null, message: `${label} comment should not span multiple lines.`, loc: node.loc });
        continue;
      }
      const type = label.slice('eslint-'.length) as Directive['type'];
      directives.push(new Directive({ type, node, value, justification }));
    }
    return { directives, problems };
  }

  applyInlineConfig(): { configs: { config: { rules: RulesConfig }; loc: SourceLocation }[]; problems: FileProblem[] } {
    const configs: { config: { rules: RulesConfig }; loc: SourceLocation }[] = [];
    const problems: FileProblem[] = [];
    for (const node of this.getInlineConfigNodes()) {
      const { label, value } = parser.parseDirective(node.value)!;
      if (label !== 'eslint') continue;
      const parsed = parser.parseJSONLikeConfig(value);
      if (parsed.ok) configs.push({ config: { rules: parsed.config }, loc: node.loc });
      else problems.push({ ruleId: null, message: parsed.error.message, loc: node.loc });
    }
    return { configs, problems };
  }
}

/**
 * An ESLint language that reads a file as text under one `Document` node. It never fails to parse: what ddlint's own
 * parser can't read is a finding of ddlint's rules.
 */
function textLanguage(language: OwnLanguage): Language<Types> {
  return {
    fileType: 'text',
    lineStart: 1,
    columnStart: 0,
    nodeTypeKey: 'type',
    visitorKeys: { Document: [] },
    // Other configuration objects may set options for every file; they are none of ours and do no harm.
    validateLanguageOptions: () => undefined,
    parse(file: File): OkParseResult<Document> {
      const text = file.body as string;
      return {
        ok: true,
        ast: {
          type: 'Document',
          range: [0, text.length],
          loc: { start: { line: 1, column: 0 }, end: endOf(text) },
        },
      };
    },
    createSourceCode: (file, { ast }) => new DdlintSourceCode(file.body as string, ast, language),
  };
}

export const languages = {
  python: textLanguage('python'),
  sql: textLanguage('sql'),
  prisma: textLanguage('prisma'),
} satisfies Record<OwnLanguage, unknown>;
