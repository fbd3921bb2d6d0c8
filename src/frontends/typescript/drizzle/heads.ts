import { textOf, type Value } from '../values/values.js';
import { coreOf, makerOf, memberMaker, type Core } from './modules.js';
import { callsOf, returnedWith } from './values.js';

/** What a table or view is made with. */
export interface Head {
  core: Core;
  isView: boolean;
  name: Value | undefined;
  /** The name before a creator made another one of it. */
  schema?: Value;
  columns: Value | undefined;
  extra: Value | undefined;
}

/** The table or view that a value is; nothing where it is something else. */
export function headOf(value: Value): Head | undefined {
  const { root, links } = callsOf(value);
  if (root.kind !== 'made') return undefined;
  const core = coreOf(root.origin.module);
  const maker = makerOf(root.origin);
  if (!core || !maker) return undefined;
  const [first] = links;
  if (maker === 'table' || maker === 'view') return headWith(core, maker === 'view', root.args);
  if (first?.args === undefined) return undefined;
  if (maker === 'creator') {
    const head = headWith(core, false, first.args);
    return { ...head, name: createdName(root.args[0], head.name) };
  }
  const member = maker === 'schema' && first.name !== undefined ? memberMaker(first.name) : undefined;
  if (member !== 'table' && member !== 'view') return undefined;
  const [schema] = root.args;
  return { ...headWith(core, member === 'view', first.args), ...(schema && { schema }) };
}

function headWith(core: Core, isView: boolean, [name, columns, extra]: readonly Value[]): Head {
  return { core, isView, name, columns, extra };
}

/** What the function of a creator makes of a name: `(name) => \`app_${name}\``. */
function createdName(creator: Value | undefined, name: Value | undefined): Value | undefined {
  if (creator?.kind !== 'function' || !name) return undefined;
  const made = returnedWith(creator, ({ index, path }) => (index === 0 && path.length === 0 ? name : undefined));
  const text = textOf(made);
  return text === undefined
    ? made
    : { kind: 'text', parts: [{ value: text, offsets: [[0, name.span.start]] }], span: name.span };
}
