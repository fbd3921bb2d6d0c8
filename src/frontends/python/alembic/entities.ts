import type { Operation, QualifiedName } from '../../../ir/index.js';
import { contentSpan, exactName, nameFrom } from '../source.js';
import { argument, textOf, type CallValue, type Value } from '../values/value.js';
import { fact } from './call.js';

/** The words of `public.orders`, of `orders`, or of a signature such as `next_id(start bigint)`. */
function qualifiedText(value: CallValue, index: number, parameter: string): QualifiedName | undefined {
  const given = argument(value, index, parameter);
  const text = given && textOf(given.value)?.replace(/\(.*$/s, '').trim();
  if (given === undefined || text === undefined || text === '') return undefined;
  const span = contentSpan(given.node);
  const [name = '', schema] = text.split('.').reverse();
  const own = argument(value, 0, 'schema');
  const in_ = schema === undefined ? own && nameFrom(own) : exactName(schema, span);
  return { ...(in_ && { schema: in_ }), name: exactName(name, span), span };
}

type Maker = (entity: CallValue, verb: 'Create' | 'Drop') => { [key: string]: unknown } | undefined;

/** What the entities that alembic_utils manages are in the database. */
const makers: { [entity: string]: Maker } = {
  PGFunction: (entity, verb) => {
    const routine = qualifiedText(entity, 1, 'signature');
    return routine && { kind: `${verb}Routine`, routine };
  },
  PGView: (entity, verb) => {
    const view = qualifiedText(entity, 1, 'signature');
    return view && { kind: `${verb}View`, view };
  },
  PGMaterializedView: (entity, verb) => {
    const view = qualifiedText(entity, 1, 'signature');
    return view && { kind: `${verb}MaterializedView`, view };
  },
  PGTrigger: (entity, verb) => {
    const table = qualifiedText(entity, 2, 'on_entity');
    const name = qualifiedText(entity, 1, 'signature')?.name;
    return table && { kind: `${verb}Trigger`, table, ...(name && { name }) };
  },
  PGExtension: (entity, verb) => {
    const name = qualifiedText(entity, 1, 'signature')?.name;
    return name && verb === 'Create' ? { kind: 'CreateExtension', name } : undefined;
  },
};
makers['PGProcedure'] = makers['PGFunction']!;

const verbs: { [method: string]: 'Create' | 'Drop' } = {
  create_entity: 'Create',
  replace_entity: 'Create',
  drop_entity: 'Drop',
};

/** `op.create_entity(PGFunction(…))` and its like; undefined for an entity that is not known. */
export function entityOperation(method: string, entity: Value | undefined): Operation | undefined {
  const verb = Object.hasOwn(verbs, method) ? verbs[method] : undefined;
  const kind = entity?.kind === 'call' ? /^alembic_utils\.(?:\w+\.)*(PG\w+)$/.exec(entity.func)?.[1] : undefined;
  if (verb === undefined || kind === undefined || entity?.kind !== 'call' || !Object.hasOwn(makers, kind))
    return undefined;
  const made = makers[kind]?.(entity, verb);
  return made && fact(made);
}
