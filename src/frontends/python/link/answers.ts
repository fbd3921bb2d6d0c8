import type { HoleProvenance, SqlSite } from '../../../ir/index.js';
import type { ModuleSymbols } from '../models/raw.js';
import type { World } from './world.js';

/** The sites of a file, now that other files can say what their functions give and which of their classes are enums. */
export function answered(sites: SqlSite[], { questions = [], module }: ModuleSymbols, world: World): SqlSite[] {
  const known = questions.flatMap(({ site, hole, how, name }) => {
    const found = world.find(name, module);
    const provenance: HoleProvenance | undefined =
      how === 'function' && found?.kind === 'function'
        ? found.gives
        : how === 'enum' && found?.kind === 'class' && found.raw.enumMembers !== undefined
          ? 'constant-name'
          : undefined;
    return provenance === undefined ? [] : [{ site, hole, provenance }];
  });
  if (known.length === 0) return sites;
  return sites.map((site, at) => ({
    ...site,
    holes: site.holes.map((hole, index) => {
      const answer = known.find((each) => each.site === at && each.hole === index);
      return answer === undefined ? hole : { ...hole, provenance: answer.provenance };
    }),
  }));
}
