import type { Usage } from '../../../ir/index.js';
import type { Program } from '../injection/frames.js';
import { Tracer } from '../injection/tracer.js';
import type { ModuleSymbols } from '../models/raw.js';
import type { Reading } from '../reading.js';
import { spanOf } from '../source.js';
import type { AskedUsage } from './asked.js';
import { comparisons } from './comparison.js';
import { bulkWrites } from './bulk-write.js';
import { currentStyle } from './current-style.js';
import { Desk } from './desk.js';
import { legacyBases } from './legacy-base.js';
import { missingAwaits } from './missing-await.js';
import { openedSessions } from './session-opened.js';
import { savepointHandlers } from './savepoint.js';
import { sessionCalls } from './session-call.js';
import { modelQueries, sessionQueries } from './legacy-query.js';
import { schemaSync } from './schema-sync.js';
import { unfiltered } from './unfiltered.js';

const recognisers = [
  currentStyle,
  legacyBases,
  sessionQueries,
  modelQueries,
  comparisons,
  openedSessions,
  sessionCalls,
  savepointHandlers,
  bulkWrites,
  missingAwaits,
];

/** What code does with the schema and the data beside SQL text, and what of it other files have to confirm. */
export function readUsages(
  program: Program,
  reading: Reading,
  symbols: ModuleSymbols,
  context: Usage['context'],
): { usages: Usage[]; asked: AskedUsage[] } {
  const tracer = new Tracer(program, reading);
  const desk = new Desk(reading, symbols, context);
  for (const place of program.calls) {
    const found = schemaSync(place, program) ?? unfiltered(place, program, tracer, reading);
    if (found !== undefined) desk.add({ ...found, context, span: spanOf(place.call) });
  }
  for (const recognise of recognisers) recognise(desk);
  return { usages: desk.usages.sort((a, b) => a.span.start - b.span.start), asked: desk.asked };
}
