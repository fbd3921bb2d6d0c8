import type { Dialect, FileFacts, HoleProvenance, SqlSite, Statement } from '../../../ir/index.js';
import { holePositions, readEmbedded, startsLikeStatement, takesNoParameters } from '../../sql/embedded.js';
import type { EmbeddedText } from '../../sql/embedded-text.js';
import type { Reading } from '../reading.js';
import { anchorAt, callList, spanOf } from '../source.js';
import type { Expr, Of } from '../syntax/nodes.js';
import type { CallSite, Frame, Program } from './frames.js';
import { rank } from '../../hole-provenance.js';
import type { Asked } from './lattice.js';
import { sinkOf, type SinkMatch } from './sinks.js';
import { Tracer, type Hole, type Skeleton } from './tracer.js';

/** What a hole of a site waits for. */
export interface Question extends Asked {
  site: number;
  hole: number;
}

/** Functions of the module that quote whatever they are given. */
export function quotersOf(program: Program, reading: Reading): { [name: string]: HoleProvenance } {
  const quoters: { [name: string]: HoleProvenance } = {};
  const tracer = new Tracer(program, reading);
  for (const [name, frame] of program.functions) {
    if (frame.parent !== program.module || frame.className !== undefined) continue;
    const level = tracer.quoting(name);
    if (level !== undefined) quoters[name] = level;
  }
  return quoters;
}

/** The places of a file where text reaches a database API, and the statements that they send. */
export function readSites(
  program: Program,
  reading: Reading,
  context: SqlSite['context'],
): Pick<FileFacts, 'sites' | 'statements'> & { questions: Question[] } {
  const tracer = new Tracer(program, reading);
  const sites: SqlSite[] = [];
  const questions: Question[] = [];
  const statements: Statement[] = [];
  for (const place of program.calls) {
    const { call, at } = place;
    const method = call.func.kind === 'Attribute' ? call.func.attr : undefined;
    const receiver =
      call.func.kind === 'Attribute' ? reading.source.slice(call.func.value.start, call.func.value.end) : '';
    const sink = sinkOf(tracer.nameOf(call.func, at), method, receiver.slice(-200));
    const argument =
      sink &&
      (call.keywords.find(({ name }) => name !== undefined && sink.keywords.includes(name))?.value ??
        call.args[sink.index]);
    if (sink === undefined || argument === undefined || argument.kind === 'Starred') continue;
    const found = siteOf(place, sink, argument, tracer, reading, context);
    if (found === undefined) continue;
    for (const [hole, { asked }] of found.holes.entries()) {
      if (asked !== undefined) questions.push({ ...asked, site: sites.length, hole });
    }
    sites.push(found.site);
    if (context === 'application' && found.isStatement) {
      statements.push(...readEmbedded(found.text, { dialect: found.site.dialect, inTransaction: 'unknown' }));
    }
  }
  return { sites, statements, questions };
}

/** The text that is known, with blanks for the holes. */
const plainText = (skeleton: Skeleton): string => skeleton.map((part) => ('value' in part ? part.value : ' ')).join('');

const holesOf = (skeleton: Skeleton): Hole[] => skeleton.filter((part) => 'hole' in part);

/** The alternative whose worst hole is the worst. */
function worst(alternatives: Skeleton[]): Skeleton {
  const badness = (skeleton: Skeleton) => Math.max(-1, ...holesOf(skeleton).map(({ level }) => rank(level)));
  return alternatives.reduce((found, each) => (badness(each) > badness(found) ? each : found), alternatives[0] ?? []);
}

function siteOf(
  place: CallSite,
  sink: SinkMatch,
  argument: Expr,
  tracer: Tracer,
  reading: Reading,
  context: SqlSite['context'],
) {
  const { call, at } = place;
  const { source } = reading;
  const dialect = dialectAt(place) ?? reading.dialect;
  const reportable = tracer
    .expand(argument, at)
    .filter((each) => /\S/.test(plainText(each)) || reportsBare(sink, holesOf(each)));
  if (reportable.length === 0) return undefined;
  const skeleton = worst(reportable);
  const plain = plainText(skeleton);
  const isBare = !/\S/.test(plain);
  const holes = holesOf(skeleton);
  const isStatement = startsLikeStatement(plain);
  if (!isBare && sink.confidence === 'medium' && sink.kind === 'sql' && !isStatement) return undefined;
  if (sink.confidence === 'medium' && sink.kind !== 'sql' && (holes.length === 0 || !/\bsqlalchemy\b/.test(source)))
    return undefined;
  const text: EmbeddedText = skeleton.map((part) =>
    'value' in part ? part : { span: part.hole, style: 'fstring' as const, bound: false },
  );
  const kind = sink.kind === 'fragment' && isStatement ? 'sql' : sink.kind;
  const positions = holePositions(text, kind === 'sql' ? 'sql' : 'fragment', dialect);
  let next = 0;
  const site: SqlSite = {
    span: spanOf(argument),
    call: spanOf(call),
    api: sink.api,
    library: sink.library,
    kind: sink.kind,
    confidence: sink.confidence,
    context,
    dialect,
    skeleton: skeleton.map((part) => ('value' in part ? part.value : next++)),
    holes: holes.map((hole, index) => ({
      span: hole.hole,
      text: source.slice(hole.hole.start, hole.hole.end),
      provenance: hole.unquoted && positions[index] === 'identifier' ? 'quoted-identifier' : hole.level,
      position: positions[index] ?? 'fragment',
      trail: hole.trail.slice(0, 10),
    })),
    parameters: hasParameters(place, sink),
    ddl: takesNoParameters(plain),
    anchor: anchorAt(source, call, { call: callList(call) }, points(argument, call)),
  };
  return { site, text, isStatement, holes };
}

const dialects: { [name: string]: Dialect } = {
  sqlite: 'sqlite',
  postgresql: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mariadb',
  mssql: 'tsql',
  oracle: 'oracle',
  cockroachdb: 'cockroachdb',
};

/** The dialect that a condition around the place asks for: `if connection.dialect.name == "sqlite"`. */
function dialectAt({ call, at }: CallSite): Dialect | undefined {
  for (let frame: Frame | undefined = at.frame; frame !== undefined; frame = frame.parent) {
    for (const { subject, by, allowed, range } of frame.proofs) {
      if (by !== 'equality' || allowed?.kind !== 'Str' || call.start < range.start || call.start > range.end) continue;
      if (/(?:^|[._])dialect(?:[._]name)?$/.test(subject) && Object.hasOwn(dialects, allowed.value))
        return dialects[allowed.value];
    }
  }
  return undefined;
}

/** Whether an argument without visible text is worth a site. */
function reportsBare(sink: SinkMatch, holes: readonly Hole[]): boolean {
  const level = Math.max(-1, ...holes.map((hole) => rank(hole.level)));
  if (sink.bare === 'report')
    return (
      level > rank('quoted-literal') && (sink.confidence === 'high' || sink.kind !== 'sql' || level === rank('request'))
    );
  return sink.bare === 'param' ? level === rank('parameter') || level === rank('request') : level === rank('request');
}

/** Whether bind parameters go along: a second argument, or `.bindparams(…)` behind a `text(…)`. */
function hasParameters({ call, outer }: CallSite, sink: SinkMatch): boolean {
  if (sink.library === 'alembic' || sink.kind === 'operator') return false;
  if (
    call.args.length > sink.index + 1 ||
    call.keywords.some(({ name }) => /^(?:params|parameters|args|values|vars|multiparams)$/.test(name ?? ''))
  )
    return true;
  if (sink.api !== 'sqlalchemy text()' || outer === undefined || outer.func.kind !== 'Attribute') return false;
  if (outer.func.attr === 'bindparams') return true;
  return /^(?:execute|scalar|scalars|stream|exec)$/.test(outer.func.attr) && outer.args.length > 1;
}

/** Where the pen may turn the text into a plain literal. */
function points(argument: Expr, call: Of<'Call'>): { [role: string]: number } {
  const prefixes = argument.kind === 'FString' && !argument.template ? argument.prefixes : [];
  return Object.fromEntries([
    ...prefixes.map((at, index) => [`prefix${String(index)}`, at] as const),
    ['callEnd', call.end] as const,
  ]);
}
