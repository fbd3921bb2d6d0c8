/** Stands for the name of the class in what a method gives that is run for each class that inherits it. */
export const classMark = '\u0001Nn\u0001';
/** Stands for the name of its table. */
export const tableMark = '\u0001Tt\u0001';

const anyMark = /\u0001(\w+)\u0001/g;

/** Strings of a fact, with the object that each stands in. */
function* strings(fact: object): Generator<[owner: object, key: string, text: string]> {
  const open: object[] = [fact];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    for (const [key, value] of Object.entries(each) as [string, unknown][]) {
      if (typeof value === 'string') yield [each, key, value];
      else if (typeof value === 'object' && value !== null) open.push(value);
    }
  }
}

export function isMarked(fact: object): boolean {
  for (const [, , text] of strings(fact)) if (text.includes('\u0001')) return true;
  return false;
}

/** A copy of a fact with the names of a class and its table in place of the marks. */
export function filled<T extends object>(fact: T, names: { className: string; table: string }): T {
  const copy = structuredClone(fact);
  const values: { [mark: string]: string } = {
    Nn: names.className,
    nn: names.className.toLowerCase(),
    NN: names.className.toUpperCase(),
    Tt: names.table,
    tt: names.table.toLowerCase(),
    TT: names.table.toUpperCase(),
  };
  for (const [owner, key, text] of strings(copy)) {
    if (text.includes('\u0001'))
      Object.assign(owner, { [key]: text.replace(anyMark, (whole, mark: string) => values[mark] ?? whole) });
  }
  return copy;
}
