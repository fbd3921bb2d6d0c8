/** A grid of a user interface, whose rows and columns have decorators of their own. */
export function Table(title: string): ClassDecorator {
  return (target) => void Reflect.defineProperty(target, 'title', { value: title });
}
export function Entity(): ClassDecorator {
  return () => undefined;
}
export function Column(options: { label: string; type?: string; nullable?: boolean }): PropertyDecorator {
  return (target, key) => void Reflect.defineProperty(target, `column:${String(key)}`, { value: options });
}
export function ForeignKeyColumn(target: () => unknown): PropertyDecorator {
  return (owner, key) => void Reflect.defineProperty(owner, `key:${String(key)}`, { value: target });
}
export function Index(): PropertyDecorator {
  return () => undefined;
}
