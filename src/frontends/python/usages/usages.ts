import type { Usage } from '../../../ir/index.js';
import type { Program } from '../injection/frames.js';
import { Tracer } from '../injection/tracer.js';
import type { Reading } from '../reading.js';
import { spanOf } from '../source.js';
import { schemaSync } from './schema-sync.js';
import { unfiltered } from './unfiltered.js';

/** What code does with the schema and the data beside SQL text. */
export function readUsages(program: Program, reading: Reading, context: Usage['context']): Usage[] {
  const tracer = new Tracer(program, reading);
  const usages: Usage[] = [];
  for (const place of program.calls) {
    const found = schemaSync(place) ?? unfiltered(place, program, tracer, reading);
    if (found !== undefined) usages.push({ ...found, context, span: spanOf(place.call) });
  }
  return usages;
}
