import type { Node } from './nodes.js';

/** Every statement and expression below some, in the order of the file. */
export function* nodesIn(root: readonly Node[]): Generator<Node> {
  const open: unknown[] = [...root].reverse();
  while (open.length > 0) {
    const each = open.pop();
    if (Array.isArray(each)) {
      for (let at = each.length - 1; at >= 0; at -= 1) open.push(each[at]);
    } else if (typeof each === 'object' && each !== null) {
      if ('kind' in each) yield each as Node;
      const parts = Object.values(each);
      for (let at = parts.length - 1; at >= 0; at -= 1) {
        if (typeof parts[at] === 'object') open.push(parts[at]);
      }
    }
  }
}
