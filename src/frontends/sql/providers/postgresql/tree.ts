/** A node of PostgreSQL's parse tree: fields by name, a nested node under the name of its type. */
export interface Node {
  [field: string]: unknown;
}

export const node = (value: unknown): Node => (value ?? {}) as Node;
export const nodes = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : []);
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The values of a list of strings, such as the parts of a name. */
export const strings = (value: unknown): string[] => nodes(value).map((each) => text(node(each.String).sval));

/** The type of a node that stands under the name of its type, and its fields. */
export function typed(value: unknown): [type: string, fields: Node] {
  const [entry] = Object.entries(node(value));
  return entry === undefined ? ['', {}] : [entry[0], node(entry[1])];
}
