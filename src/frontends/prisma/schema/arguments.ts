import type { Arguments, Attribute, Block, Member, Value } from '../syntax/tree.js';

/** An attribute by its name. */
export const attributeOf = ({ attributes }: Pick<Block | Member, 'attributes'>, name: string): Attribute | undefined =>
  attributes.find((each) => each.name === name);

/**
 * An argument of an attribute or a function by its name.
 * @param isFirst whether it may stand without its name
 */
export function argumentOf(called: { args?: Arguments } | undefined, name: string, isFirst = false): Value | undefined {
  const entries = called?.args?.entries ?? [];
  const named = entries.find(({ key }) => key === name);
  return (named ?? (isFirst ? entries.find(({ key }) => key === undefined) : undefined))?.value;
}

/** The text of a string argument. */
export const textOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'text' ? value.value : undefined;

/** The items of a list; one that stands alone is a list of one. */
export const itemsOf = (value: Value | undefined): Value[] =>
  value === undefined ? [] : value.kind === 'list' ? value.items : [value];

/** The names in a list of fields. */
export const namesIn = (value: Value | undefined): string[] =>
  itemsOf(value).flatMap((item) => (item.kind === 'name' ? [item.value] : []));
