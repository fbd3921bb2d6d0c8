import type { DecoratorRecord } from './records.js';
import type { Value } from './values/values.js';

type Decorator = Omit<DecoratorRecord, 'span'> & { home?: string };

/**
 * The decorators of packages or other files that an expression behind `@` comes to: `applyDecorators(Column(…), Index())` is
 * both, and so is a function that applies both to its parameters. `@Column` without a call is a call without arguments.
 */
export function decoratorsIn(value: Value): Decorator[] {
  switch (value.kind) {
    case 'reference': {
      const { module, name, path } = value;
      return module === undefined || path.length > 0
        ? []
        : [{ origin: { module, name }, args: [], named: true, ...homeOf(value) }];
    }
    case 'made':
      if (value.origin.name === 'applyDecorators') return value.args.flatMap(decoratorsIn);
      return [{ origin: value.origin, args: value.args, madeAt: value.span, ...homeOf(value) }];
    case 'chain': {
      const [link, ...others] = value.links;
      const [made] = value.of.kind === 'made' ? decoratorsIn(value.of) : [];
      return made && link?.name === undefined && link?.args && others.length === 0
        ? [{ ...made, called: link.args }]
        : [];
    }
    case 'function':
      return (value.does ?? (value.returns ? [value.returns] : [])).flatMap(appliedDecorator);
    default:
      return [];
  }
}

const homeOf = ({ home }: { home?: string }): { home?: string } => (home === undefined ? {} : { home });

/** `Column(…)(target, key)` within a decorator. */
function appliedDecorator(call: Value): Decorator[] {
  if (call.kind !== 'chain' || call.links.length !== 1) return [];
  const [link] = call.links;
  return link?.name === undefined && link?.args?.[0]?.kind === 'parameter' ? decoratorsIn(call.of) : [];
}
