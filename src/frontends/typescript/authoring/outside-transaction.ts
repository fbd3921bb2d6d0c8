import type { Migration, TextEdit } from '../../../ir/index.js';

/** What a class says so that the runner opens no transaction for it. */
const members = {
  typeorm: 'transaction = false;',
  'mikro-orm': 'isTransactional() {\n  return false;\n}',
} as const;

/**
 * Takes a migration out of the runner's transaction.
 * @returns nothing for a runner that has no such setting in the migration, or where it is not clear where to write it
 */
export function outsideTransaction(text: string, { runner, anchor }: Migration): TextEdit[] | undefined {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  if (runner === 'knex') return config(text, newline);
  const at = anchor?.points['upStart'];
  if (at === undefined || (runner !== 'typeorm' && runner !== 'mikro-orm')) return undefined;
  const indent = /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(Math.max(0, at - 200), at))?.[1];
  if (indent === undefined) return undefined;
  const lines = members[runner].split('\n').map((line) => line.replace(/^ {2}/, indent));
  return [{ span: { start: at, end: at }, text: `${lines.join(newline + indent)}${newline}${newline}${indent}` }];
}

/** Before what exports `up`, in the same way. */
function config(text: string, newline: string): TextEdit[] | undefined {
  const found = /^(?:(exports\.)|export )(?:async )?(?:function |const )?up\b/m.exec(text);
  if (found === null || /\bconfig\b/.test(text)) return undefined;
  const head = found[1] === undefined ? 'export const config' : 'exports.config';
  const at = { start: found.index, end: found.index };
  return [{ span: at, text: `${head} = { transaction: false };${newline}${newline}` }];
}
