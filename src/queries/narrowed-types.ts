const integers = ['tinyint', 'smallint', 'mediumint', 'integer', 'bigint'];
const aliases: { readonly [name: string]: string } = {
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
};

interface Sized {
  base: string;
  sizes: number[];
}

function sizedOf(type: string): Sized {
  const [, base = type, sizes = ''] = /^([^(]*?)\s*(?:\(([^)]*)\))?$/.exec(type.trim().toLowerCase()) ?? [];
  return {
    base: aliases[base] ?? base,
    sizes: sizes
      .split(',')
      .map(Number)
      .filter(Number.isFinite)
      .filter((size) => size > 0),
  };
}

const isText = ({ base }: Sized): boolean => /^(?:text|longtext|mediumtext|clob)$/.test(base);
const isVarying = ({ base }: Sized): boolean => /^(?:n?varchar2?|n?char|character varying|character)$/.test(base);

/** Whether values that one type holds have no room in the other: a shorter text, a smaller number. Unsure is no. */
export function isNarrower(to: string, from: string): boolean {
  const [target, source] = [sizedOf(to), sizedOf(from)];
  const [wide, small] = [integers.indexOf(source.base), integers.indexOf(target.base)];
  if (wide >= 0 && small >= 0) return small < wide;
  if (!isVarying(target))
    return target.base === source.base && /^(?:numeric|decimal)$/.test(target.base) && isShorter(target, source);
  return (isText(source) && target.sizes.length > 0) || (isVarying(source) && isShorter(target, source));
}

function isShorter({ sizes: to }: Sized, { sizes: from }: Sized): boolean {
  const [length] = to;
  if (length === undefined) return false;
  return from[0] === undefined || length < from[0] || (to[1] ?? 0) < (from[1] ?? 0);
}
