import { ts } from 'ts-morph';
import type { FileFacts, Usage } from '../../../ir/index.js';
import type { Library } from '../library.js';
import { spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { sessionCall } from './calls.js';
import { openedBy } from './opened.js';

/** What code does with sessions, transactions and connections of any library: saves in loops, what is not given back. */
export const sessions: Library = {
  name: 'sessions',
  read(unit: Unit, facts: FileFacts) {
    const context: Usage['context'] =
      facts.migrations.length > 0 ? 'migration' : facts.scope === 'test' ? 'test' : 'application';
    for (const node of unit.calls) {
      if (ts.isTaggedTemplateExpression(node)) continue;
      const found = (ts.isCallExpression(node) ? sessionCall(node) : undefined) ?? openedBy(node);
      if (found) facts.usages.push({ ...found, context, span: spanOf(node) });
    }
  },
};
