import type { Span, Text } from '../../../ir/index.js';

/** A name as written. */
export interface Word {
  value: string;
  span: Span;
}

/** What stands in an argument, or behind the equals sign of a setting. */
export type Value =
  | { kind: 'text'; value: string; span: Span }
  | { kind: 'number'; value: string; span: Span }
  /** A constant, a field, or a call of a function: `true`, `Cascade`, `now()`, `email(sort: Desc)`. */
  | { kind: 'name'; value: string; args?: Arguments; span: Span }
  | { kind: 'list'; items: Value[]; span: Span }
  /** `{ deleted: false }`, as written. */
  | { kind: 'object'; text: string; span: Span };

export interface Argument {
  key?: string;
  value: Value;
  span: Span;
}

export interface Arguments {
  entries: Argument[];
  /** Offset behind the opening parenthesis, and that of the closing one. */
  open: number;
  close: number;
}

/** `@id`, `@db.VarChar(20)`, `@@map("users")`; the name is without the sign. */
export interface Attribute {
  name: string;
  args?: Arguments;
  span: Span;
}

/** What the line of a field says of its type. */
export interface FieldType {
  name: string;
  /** `Unsupported("circle")`: the text in it. */
  unsupported?: string;
  list: boolean;
  optional: boolean;
  /** With its `?` or `[]`. */
  span: Span;
}

/** A field of a model, a value of an enum, or a setting of a datasource or generator. */
export interface Member {
  name: Word;
  type?: FieldType;
  attributes: Attribute[];
  value?: Value;
  doc?: Text;
  /** From its name to the end of its last attribute. */
  span: Span;
  /** White space before it on its line. */
  indent: string;
}

export type Keyword = 'model' | 'view' | 'type' | 'enum' | 'datasource' | 'generator';

export interface Block {
  keyword: Keyword;
  name: Word;
  doc?: Text;
  members: Member[];
  attributes: Attribute[];
  /** A line of it could not be read. */
  broken?: true;
  /** From its keyword to its closing brace. */
  span: Span;
  /** Offset behind the opening brace; that of the closing one is one less than the end of the span, if there is one. */
  open: number;
  close?: number;
}

/** A line that is no schema. */
export interface Mistake {
  message: string;
  span: Span;
}
