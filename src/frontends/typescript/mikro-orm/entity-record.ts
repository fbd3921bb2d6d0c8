import type { Anchor, Span, Text } from '../../../ir/index.js';
import type { TypeRecord } from '../values/types.js';
import type { Value } from '../values/values.js';

export type Kind = 'scalar' | 'm:1' | '1:1' | '1:m' | 'm:n' | 'embedded';

/** What a decorator such as `@Index` is given, and where it stands. */
export interface Extra {
  kind: 'index' | 'unique' | 'check';
  options: Value | undefined;
  span: Span;
  anchor?: Anchor;
}

/** What a property has before anybody assigns it. */
export interface Initial {
  value: Value;
  text: string;
}

/** One property of an entity, in whichever of MikroORM's three languages it is declared. */
export interface PropertyRecord {
  name: string;
  nameSpan: Span;
  span: Span;
  kind: Kind;
  /** What declares it: `@Property`, `p.string`, `EntitySchema`. */
  declaredAs: string;
  /** All options in one object; those of a builder's links too. */
  options: Value;
  /** Options that can't be seen. */
  open?: true;
  /** The entity or embeddable that it leads to. */
  target?: Value;
  type?: TypeRecord;
  initial?: Initial;
  extras: Extra[];
  doc?: Text;
  anchor?: Anchor;
}

/** An entity, embeddable or base class, before anything of other files is known of it. */
export interface EntityRecord {
  className: string;
  nameSpan: Span;
  span: Span;
  role: 'entity' | 'base' | 'embeddable' | 'virtual';
  options: Value;
  /** The class or schema that it extends. */
  base?: { name: string; module?: string; span: Span };
  /** Why some of it is not known. */
  missing?: string;
  properties: PropertyRecord[];
  /** Of the class itself. */
  extras: Extra[];
  /** Declared by decorators, so that types come from the annotations. */
  reflected: boolean;
  /** Whether `new` without arguments may fail, so that nothing is known of what properties begin with. */
  throws?: true;
  doc?: Text;
  anchor?: Anchor;
}

/** An entity record and the file that declares it. */
export interface FoundEntity {
  record: EntityRecord;
  path: string;
}
