import type { LegacyQuery } from '../../../ir/index.js';
import { anchorAt, callList, spanOf } from '../source.js';
import type { Expr, Of } from '../syntax/nodes.js';
import { chainOn, type Place } from './code.js';
import type { Desk, Session } from './desk.js';

/** Whether an expression reads as an entity class: `User`, `models.User`. */
const isEntity = (expr: Expr | undefined): boolean =>
  (expr?.kind === 'Name' && /^[A-Z]\w*[a-z]/.test(expr.id)) ||
  (expr?.kind === 'Attribute' && /^[A-Z]\w*[a-z]/.test(expr.attr) && !isEntity(expr.value));

/** `session.query(User).filter(…).all()`. */
export function sessionQueries(desk: Desk): void {
  for (const place of desk.code.calls) {
    const { node } = place;
    if (node.func.kind !== 'Attribute' || node.func.attr !== 'query') continue;
    const session = desk.sessionOf(node.func.value, place);
    if (session === undefined) continue;
    const [target, ...others] = node.args;
    const single = others.length === 0 && target !== undefined && target.kind !== 'Starred' ? target : undefined;
    desk.add(legacy(place, desk, session, 'session.query', single), session);
  }
}

function legacy(
  place: Place<Of<'Call'> | Of<'Attribute'>>,
  desk: Desk,
  { library, asynchronous }: Session,
  form: LegacyQuery['form'],
  target: Expr | undefined,
): LegacyQuery {
  const { node } = place;
  const { methods, end } = chainOn(place);
  const last = methods.at(-1);
  return {
    kind: 'legacy-query',
    form,
    library,
    api: `${node.kind === 'Call' ? desk.written(node.func) : desk.written(node)}${node.kind === 'Call' ? '()' : ''}`,
    ...(target && { target: desk.written(target) }),
    entity: isEntity(target),
    asynchronous,
    methods: methods.map(({ name }) => name),
    head: spanOf(node),
    context: desk.context,
    span: spanOf(end),
    anchor: anchorAt(
      desk.reading.source,
      end,
      Object.fromEntries([
        ...(node.kind === 'Call' ? [['query', callList(node)] as const] : []),
        ...methods.map(({ call }, index) => [`method${String(index)}`, callList(call)] as const),
      ]),
      {
        ...(node.kind === 'Call' && node.func.kind === 'Attribute' && { receiverEnd: node.func.value.end }),
        headEnd: node.end,
        ...(last && { chainEnd: last.call.end }),
      },
    ),
  };
}

/** `User.query.filter_by(…)`, where `User` is a mapped class. */
export function modelQueries(desk: Desk): void {
  for (const place of desk.code.attributes) {
    const { node, within } = place;
    if (node.attr !== 'query' || (within?.node.kind === 'Call' && within.node.func === node)) continue;
    const model = modelName(node.value, place, desk);
    if (model === undefined) continue;
    const session: Session = { library: 'flask-sqlalchemy', asynchronous: false };
    desk.asked.push({ usage: legacy(place, desk, session, 'Model.query', node.value), model });
  }
}

/** The dotted name of a class: by its name, or `cls` in a method of its own. */
export function modelName(expr: Expr, place: Place, desk: Desk): string | undefined {
  if (expr.kind === 'Name' && expr.id === 'cls') {
    const owner = place.around.names.owner;
    return owner && `${desk.reading.interpreter.module}.${owner.name}`;
  }
  if (expr.kind !== 'Name' && expr.kind !== 'Attribute') return undefined;
  // A `Table` object is known by the variable of the module that holds it.
  const isVariable = expr.kind === 'Name' && desk.code.names.bound.get(expr.id)?.[0]?.how === 'value';
  if (isVariable && desk.receivers.ownerOf(expr.id, place.around.names) === desk.code.names)
    return `${desk.reading.interpreter.module}.${expr.id}`;
  const name = desk.receivers.nameOf(expr, place.around.names, place.node.start);
  if (name === '' || name.startsWith('?')) return undefined;
  return name.endsWith(')') ? undefined : name;
}
