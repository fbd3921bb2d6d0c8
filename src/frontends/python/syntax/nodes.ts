import type { Comment, Span } from '../../../ir/index.js';

/**
 * Python's syntax as plain objects, named as CPython's `ast` names it. Offsets are UTF-16 code units of the file.
 * `Opaque` stands for what the grammar could not read and for forms that say nothing about the data layer.
 */
export type Expr = Span &
  (
    | { kind: 'Name'; id: string }
    | { kind: 'Attribute'; value: Expr; attr: string; attrStart: number }
    | { kind: 'Call'; func: Expr; args: Expr[]; keywords: Keyword[]; open: number; close: number }
    | { kind: 'Starred'; value: Expr }
    | { kind: 'Subscript'; value: Expr; slices: Expr[] }
    /** Literal text, implicitly joined literals included. */
    | { kind: 'Str'; value: string; pieces: Literal[]; bytes: boolean }
    /** An f-string, or joined literals of which one is. A t-string's holes are not pasted, so `template` says so; `prefixes` are the offsets of the f. */
    | { kind: 'FString'; parts: (Literal | Interpolation)[]; template: boolean; prefixes: number[] }
    | { kind: 'Num'; value: number }
    | { kind: 'Bool'; value: boolean }
    | { kind: 'None' }
    | { kind: 'Tuple' | 'List' | 'Set'; items: Expr[] }
    | { kind: 'Dict'; entries: { key?: Expr; value: Expr }[] }
    | { kind: 'Lambda'; params: Param[]; body: Expr }
    | { kind: 'BinOp'; op: string; left: Expr; right: Expr }
    | { kind: 'BoolOp'; op: string; left: Expr; right: Expr }
    | { kind: 'UnaryOp'; op: string; operand: Expr }
    | { kind: 'Compare'; left: Expr; ops: string[]; comparators: Expr[] }
    | { kind: 'IfExp'; test: Expr; body: Expr; orelse: Expr }
    | { kind: 'Comp'; form: 'list' | 'set' | 'dict' | 'generator'; element: Expr; key?: Expr; clauses: Clause[] }
    | { kind: 'NamedExpr'; name: string; value: Expr }
    | { kind: 'Await'; value: Expr }
    | { kind: 'Opaque'; children: Node[] }
  );

type Kind = Expr['kind'];
export type Of<K extends Kind> = Extract<Expr, { kind: K }>;

/** A stretch of literal text: its value and how its offsets map to the file (see EmbeddedLiteral). */
export interface Literal {
  value: string;
  offsets: [number, number][];
}

/** `{expression!conversion:spec}` of an f-string; the span includes the braces. */
export interface Interpolation extends Span {
  hole: Expr;
  conversion?: string;
  spec?: string;
}

/** A keyword argument; `name` is absent for `**mapping`. */
export interface Keyword extends Span {
  name?: string;
  value: Expr;
}

export interface Param extends Span {
  name: string;
  star?: '*' | '**';
  annotation?: Expr;
  default?: Expr;
}

/** One `for … in` or `if` of a comprehension. */
export type Clause = { target: Expr; iter: Expr } | { test: Expr };

export type Stmt = Span &
  (
    | {
        kind: 'ClassDef';
        name: string;
        nameStart: number;
        bases: Expr[];
        keywords: Keyword[];
        decorators: Expr[];
        body: Stmt[];
        /** Offset behind the colon of the header. */
        bodyStart: number;
      }
    | {
        kind: 'FunctionDef';
        name: string;
        nameStart: number;
        params: Param[];
        returns?: Expr;
        decorators: Expr[];
        body: Stmt[];
        bodyStart: number;
      }
    | { kind: 'Assign'; targets: Expr[]; value: Expr }
    | { kind: 'AnnAssign'; target: Expr; annotation: Expr; value?: Expr }
    | { kind: 'AugAssign'; target: Expr; op: string; value: Expr }
    | { kind: 'ExprStmt'; value: Expr }
    | { kind: 'Return'; value?: Expr }
    | { kind: 'Raise'; value?: Expr }
    | { kind: 'If'; test: Expr; body: Stmt[]; orelse: Stmt[] }
    | { kind: 'For'; target: Expr; iter: Expr; body: Stmt[]; orelse: Stmt[] }
    | { kind: 'While'; test: Expr; body: Stmt[]; orelse: Stmt[] }
    | { kind: 'Try'; body: Stmt[]; handlers: Handler[]; orelse: Stmt[]; final: Stmt[] }
    | { kind: 'With'; items: { context: Expr; target?: Expr }[]; body: Stmt[] }
    | { kind: 'Import'; names: { module: string; as?: string }[] }
    /** `level` counts the leading dots; a star import has the name `*`. */
    | { kind: 'ImportFrom'; module: string; level: number; names: { name: string; as?: string }[] }
    /** `names`: every name that the pattern has, those that it catches among them. */
    | { kind: 'Match'; subject: Expr; cases: { names: string[]; body: Stmt[] }[] }
    | { kind: 'Delete' | 'Global' | 'Pass' | 'Break' | 'Continue' }
    | { kind: 'Assert'; test: Expr }
    | { kind: 'OpaqueStmt' }
  );

export interface Handler {
  type?: Expr;
  name?: string;
  body: Stmt[];
}

export type StmtOf<K extends Stmt['kind']> = Extract<Stmt, { kind: K }>;
export type Node = Expr | Stmt;

/** A file's syntax. */
export interface Module {
  body: Stmt[];
  comments: Comment[];
  /** Where the grammar first failed; absent for a file that it accepts. */
  error?: Span;
  /** Where nesting was first too deep to be read. */
  tooDeep?: Span;
}
