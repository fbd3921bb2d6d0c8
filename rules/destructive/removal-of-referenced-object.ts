import { defineRule } from '../../src/rule.js';
import type { Dialect } from '../../src/ir/index.js';
import { listed } from '../../src/queries/lists.js';
import { objectKey, spoken } from '../../src/queries/names.js';
import { stillReferenced } from '../../src/queries/references.js';
import { removalsIn, type Removal } from '../../src/queries/removals.js';
import { viewsOver } from '../../src/queries/replay.js';
import { takes } from '../../src/queries/replay/apply-views.js';
import type { ViewState } from '../../src/queries/replay/state.js';

export default defineRule({
  summary: 'A dropped or renamed column or table is still named by a model, query or view.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['project', 'history', 'sql-ast'],
  fix: 'none',
  sources: [],
  messages: {
    dropped:
      '{{what}} is dropped, and {{who}} still {{names}} it, so that code fails as soon as this has run. Take it out there, release that, and drop it then.',
    renamed:
      '{{what}} is called {{to}} from now on, and {{who}} still {{names}} it by the old name, so that code fails as soon as this has run. Write the new name there too.',
    view: '{{view}} reads {{what}}, so that this statement fails. Drop or replace the view before it.',
    stale:
      '{{view}} still reads {{what}}, so that every query of the view fails as soon as this has run. Replace the view in the same migration.',
  },
  options: {},
  *check({ facts, project }) {
    for (const removal of removalsIn(project, facts)) {
      const { placed, table, column, to } = removal;
      const what = column ? `Column ${spoken(table)}.${column.value}` : `Table ${spoken(table)}`;
      const references = stillReferenced(project, { table, ...(column && { column }), dialect: facts.dialect }, facts);
      if (references.length > 0) {
        const who = [...new Set(references.map((each) => each.what))];
        yield {
          message: to === undefined ? 'dropped' : 'renamed',
          at: placed.operation,
          data: { what, to: to ?? '', who: listed(who), names: who.length > 1 ? 'name' : 'names' },
          related: references.map((each) => ({
            path: each.path,
            at: each.span,
            message: `${each.what} names it here`,
          })),
        };
      }
      for (const view of brokenViews(removal, facts.dialect)) {
        yield {
          message: refusing.has(facts.dialect) ? 'view' : 'stale',
          at: placed.operation,
          data: { view: `View ${spoken(view.name)}`, what: what.replace(/^./, (first) => first.toLowerCase()) },
          related: [
            { path: view.origin.facts.path, at: view.origin.operation, message: `${spoken(view.name)} is made here` },
          ],
        };
      }
    }
  },
});

/** Dialects that do not drop what a view reads, and whose views follow a new name. */
const refusing: ReadonlySet<Dialect> = new Set(['postgresql', 'cockroachdb']);

/** Dialects that keep the text of a view's query, which then names something that is not there. */
const keepingText: ReadonlySet<Dialect> = new Set(['mysql', 'mariadb', 'tsql']);

/** The views that keep a statement from running, or that fail once it has run. */
function brokenViews({ placed, table, column, to, before, final }: Removal, dialect: Dialect): ViewState[] {
  if (placed.operation.cascade) return [];
  const views = viewsOver(before, table, column?.value).filter(({ uncertain }) => uncertain.length === 0);
  if (refusing.has(dialect)) return to === undefined ? views : [];
  const key = objectKey(table, dialect);
  const stays = ({ key: view }: ViewState): boolean =>
    final.viewsOver(key).some((each) => each.key === view && (!column || takes(each, key, column.value) === true));
  return keepingText.has(dialect) ? views.filter(stays) : [];
}
