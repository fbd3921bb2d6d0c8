import { ts } from 'ts-morph';
import type { FileFacts } from '../../../ir/index.js';
import type { Library } from '../library.js';
import { spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { sessionCall } from './calls.js';
import { openedBy } from './opened.js';
import { contextOf } from '../use-context.js';

/** What code does with sessions, transactions and connections of any library: saves in loops, what is not given back. */
export const sessions: Library = {
  name: 'sessions',
  read(unit: Unit, facts: FileFacts) {
    const context = contextOf(facts);
    for (const node of unit.calls) {
      if (ts.isTaggedTemplateExpression(node)) continue;
      const found = (ts.isCallExpression(node) ? sessionCall(node) : undefined) ?? openedBy(node);
      if (found) facts.usages.push({ ...found, context, span: spanOf(node) });
    }
  },
};
