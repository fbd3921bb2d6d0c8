/** A decorator that bears the name of one of the library and means nothing to it. */
export function Length(options: { max: number }): PropertyDecorator {
  return () => void options;
}
