import type { TextEdit } from '../../../ir/index.js';

/** How code of a file calls an export of Drizzle's, and what has to be written for that. */
export interface Imported {
  /** `index`, `pg.index`. */
  name: string;
  edits: TextEdit[];
}

const imports = (module: string): RegExp =>
  new RegExp(`^[ \\t]*import\\s+(?:\\*\\s*as\\s+(\\w+)|\\{([^}]*)\\})\\s*from\\s*(['"])${module}\\3`, 'gm');

/**
 * An export of a module that the file imports from already, by the name that it has there, or added to that import.
 * @returns nothing where the file imports nothing from there by name
 */
export function imported(text: string, module: string, name: string): Imported | undefined {
  let open: TextEdit | undefined;
  for (const match of text.matchAll(imports(module))) {
    const [whole, namespace, list] = match;
    if (/^\s*import\s+type\b/.test(whole)) continue;
    if (namespace !== undefined) return { name: `${namespace}.${name}`, edits: [] };
    if (list === undefined) continue;
    const present = new RegExp(`(?:^|,)\\s*${name}(?:\\s+as\\s+(\\w+))?\\s*(?=,|$)`).exec(list);
    if (present) return { name: present[1] ?? name, edits: [] };
    open ??= addedTo(list, match.index + whole.indexOf('{') + 1, name);
  }
  return open && { name, edits: [open] };
}

/** The name behind the last one of a list in braces, on a line of its own where the others stand so. */
function addedTo(list: string, start: number, name: string): TextEdit {
  const trimmed = list.trimEnd();
  const at = start + trimmed.length;
  const line = /(?:\r\n|\n|\r)[ \t]*(?=\S[^\n\r]*$)/.exec(trimmed)?.[0];
  const comma = trimmed === '' ? '' : trimmed.endsWith(',') ? '' : ',';
  const added = `${comma}${trimmed === '' ? ' ' : (line ?? ' ')}${name}`;
  return { span: { start: at, end: at }, text: trimmed.endsWith(',') ? `${added},` : added };
}
