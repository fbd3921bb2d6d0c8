import { Cursor } from './cursor.js';
import { docOf } from './docs.js';
import { isComment, tokensOf, type Token } from './tokens.js';
import type { Block, Keyword, Member, Mistake } from './tree.js';

/** A schema as it stands in one file. */
export interface Parsed {
  blocks: Block[];
  comments: Token[];
  mistakes: Mistake[];
}

/**
 * Reads a Prisma schema. The language goes by lines: what can't be read of one is a mistake and leaves the others alone,
 * and a block that is not closed ends where the next one begins.
 */
export function parse(text: string): Parsed {
  const tokens = tokensOf(text);
  const parser = new Parser(text, tokens);
  return { blocks: parser.schema(), comments: tokens.filter(isComment), mistakes: parser.mistakes };
}

const keywords: ReadonlySet<string> = new Set(['model', 'view', 'type', 'enum', 'datasource', 'generator']);

class Parser extends Cursor {
  readonly mistakes: Mistake[] = [];
  /** Where the last mistake ended, by token. */
  private mistaken = -1;
  /** The comments above what comes next, and whether one on the next line belongs to them. */
  private above: Token[] = [];
  private open = false;

  schema(): Block[] {
    const blocks: Block[] = [];
    while (!this.done) {
      if (this.comment() || this.blankLine()) continue;
      if (this.isBlock()) blocks.push(this.block());
      else this.unknownBlock();
    }
    return blocks;
  }

  private isBlock(): boolean {
    const [name, brace] = [this.tokens[this.at + 1], this.tokens[this.at + 2]];
    return keywords.has(this.token.text) && name?.kind === 'word' && brace?.text === '{';
  }

  /** The white space before a token that begins a line. */
  private get indent(): string {
    const before = this.tokens[this.at - 1];
    return before === undefined || before.kind === 'newline' ? this.text.slice(this.behind, this.token.start) : '';
  }

  /** Takes a comment that has its line to itself, with the end of the line. */
  private comment(): boolean {
    if (!isComment(this.token)) return false;
    if (!this.open) this.above = [];
    this.above.push(this.token);
    this.open = true;
    this.at++;
    if (!this.done && this.token.kind === 'newline') this.at++;
    return true;
  }

  private blankLine(): boolean {
    if (this.done || this.token.kind !== 'newline') return false;
    this.at++;
    this.open = false;
    return true;
  }

  /** Gives the comments above, once. */
  private takeAbove(): Token[] {
    const found = this.above;
    this.above = [];
    this.open = false;
    return found;
  }

  private block(): Block {
    const { start, text: keyword } = this.token;
    const { start: from, end: to, text: value } = this.tokens[this.at + 1]!;
    // A blank line cuts a block off from the comment above it, and not a field.
    const isAdjacent = this.open;
    const above = this.takeAbove();
    const doc = isAdjacent ? docOf(above) : undefined;
    this.at += 3;
    const block: Block = {
      keyword: keyword as Keyword,
      name: { value, span: { start: from, end: to } },
      ...(doc && { doc }),
      members: [],
      attributes: [],
      span: { start, end: this.behind },
      open: this.behind,
    };
    this.restOfHead(block);
    while (!this.done && !this.is('}') && !this.isBlock()) {
      if (!this.comment() && !this.blankLine() && !this.line(block)) block.broken = true;
    }
    if (this.is('}')) {
      block.close = this.token.start;
      this.at++;
    } else {
      block.broken = true;
      this.mistakes.push({ message: `${keyword} ${value} is not closed.`, span: block.name.span });
    }
    block.span.end = this.behind;
    this.takeAbove();
    return block;
  }

  /** What follows the brace on its line belongs to no one. */
  private restOfHead(block: Block): void {
    while (!this.done && this.token.kind !== 'newline' && !this.is('}')) {
      if (!isComment(this.token)) block.broken = true;
      this.at++;
    }
    if (block.broken) {
      this.mistakes.push({ message: 'What stands behind the brace is not read.', span: block.name.span });
    }
  }

  /** Reads a line of a block; false where some of it could not be read. */
  private line(block: Block): boolean {
    const first = this.at;
    const whole = this.is('@@') ? this.blockAttribute(block) : this.token.kind === 'word' && this.member(block);
    if (!whole) this.mistake(`This line of ${block.name.value} can't be read.`, first);
    return whole;
  }

  private blockAttribute(block: Block): boolean {
    this.open = false;
    const attribute = this.attribute();
    if (attribute) block.attributes.push(attribute);
    return attribute !== undefined && this.lineEnd() !== false;
  }

  private member(block: Block): boolean {
    const { start, end, text: value } = this.token;
    const above = this.takeAbove();
    const span = { start, end };
    const member: Member = { name: { value, span }, attributes: [], span: { ...span }, indent: this.indent };
    block.members.push(member);
    this.at++;
    const isWhole = this.restOfMember(member, block.keyword);
    member.span.end = this.behind;
    const beside = isWhole && this.lineEnd();
    const doc = docOf(beside ? [...above, beside] : above);
    if (doc) member.doc = doc;
    return isWhole && beside !== false;
  }

  private restOfMember(member: Member, keyword: Keyword): boolean {
    if (keyword === 'datasource' || keyword === 'generator') {
      const value = this.take('=') ? this.value() : undefined;
      if (value) member.value = value;
      return value !== undefined;
    }
    const type = keyword === 'enum' ? undefined : this.type();
    if (type) member.type = type;
    else if (keyword !== 'enum') return false;
    while (this.is('@')) {
      const attribute = this.attribute();
      if (attribute === undefined) return false;
      member.attributes.push(attribute);
    }
    return true;
  }

  /** The comment at the end of a line, if there is one; false where something else stands there. */
  private lineEnd(): Token | undefined | false {
    const beside = isComment(this.token) ? this.token : undefined;
    if (beside) this.at++;
    if (!this.done && this.token.kind !== 'newline' && !this.is('}')) return false;
    if (!this.done && this.token.kind === 'newline') this.at++;
    return beside;
  }

  /** Passes over the rest of a line. Lines one below the other are one mistake. */
  private mistake(message: string, first = this.at): void {
    while (!this.done && this.token.kind !== 'newline') this.at++;
    const span = { start: this.tokens[first]!.start, end: this.behind };
    const last = this.mistakes.at(-1);
    if (this.mistaken === first && last?.message === message) last.span.end = span.end;
    else this.mistakes.push({ message, span });
    if (!this.done) this.at++;
    this.mistaken = this.at;
    this.takeAbove();
  }

  /** Passes over a block of a kind that the language does not have, or over a line. */
  private unknownBlock(): void {
    const first = this.at;
    while (!this.done && this.token.kind !== 'newline' && !this.is('{')) this.at++;
    const isBlock = this.at > first && this.is('{');
    while (isBlock && !this.done && !this.is('}') && !this.isBlock()) this.at++;
    // The block that comes next is no part of one that is not closed.
    if (isBlock && !this.done && !this.is('}')) this.at--;
    this.mistake('This does not begin with a word of the Prisma schema language.', first);
  }
}
