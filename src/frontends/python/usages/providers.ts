import type { Code } from './code.js';
import type { Receivers } from './receivers.js';

/** Values that other files may open sessions with, or that are sessions. */
const useful =
  /^(?:sqlalchemy|sqlmodel|flask_sqlalchemy)\.(?:\w*[sS]ession\w*|create_\w*engine|engine_from_config)|(?:session|engine|db|maker)\w*(?:\(\))*$/i;

/**
 * What the names of a module stand for where that has to do with sessions: `SessionLocal` with what its call is made of,
 * `get_session()` with what the function gives, an alias of a type, a class of sessions of the project's own.
 */
export function providersOf({ names }: Code, receivers: Receivers): { [name: string]: string } {
  const providers: { [name: string]: string } = {};
  const keep = (name: string, value: string) => {
    if (value !== '' && !value.startsWith('?') && useful.test(value)) providers[name] ??= value;
  };
  for (const [name, all] of names.bound) {
    for (const bound of all) {
      if (bound.how === 'function') keep(`${name}()`, receivers.gives(bound.node, names));
      else if (bound.how === 'class') {
        for (const base of bound.node.bases) keep(name, receivers.typeOf(base, names));
      } else if (bound.how === 'value') {
        keep(
          name,
          bound.value.kind === 'Subscript'
            ? receivers.typeOf(bound.value, names)
            : receivers.nameOf(bound.value, names, bound.at),
        );
      } else if (bound.how === 'annotated' && bound.value !== undefined)
        keep(name, receivers.nameOf(bound.value, names, bound.at));
    }
  }
  return providers;
}
