import { accept, type Outcome } from './outcome.ts';

/** Where a value from outside was refused, and whether it is absent, of another type, or out of bounds. */
export interface ShapeProblem {
  readonly path: string;
  readonly reason: 'missing' | 'type' | 'bounds';
}

/** Turns an unknown value into a T or says what is wrong with it; fields nobody asked for are dropped. */
export type Shape<T> = (value: unknown, path: string) => Outcome<T, ShapeProblem>;

export type ShapeOf<S> = S extends Shape<infer T> ? T : never;

export const text =
  (lengthMax: number, lengthMin = 1): Shape<string> =>
  (value, path) => {
    if (value === undefined || value === null) return problem(path, 'missing');
    if (typeof value !== 'string') return problem(path, 'type');
    return value.length < lengthMin || value.length > lengthMax ? problem(path, 'bounds') : accept(value);
  };

export const flag: Shape<boolean> = (value, path) => {
  if (value === undefined || value === null) return problem(path, 'missing');
  return typeof value === 'boolean' ? accept(value) : problem(path, 'type');
};

export const integer: Shape<number> = (value, path) => {
  if (value === undefined || value === null) return problem(path, 'missing');
  return typeof value === 'number' && Number.isSafeInteger(value) ? accept(value) : problem(path, 'type');
};

export const oneOf =
  <const T extends string>(...choices: readonly T[]): Shape<T> =>
  (value, path) => {
    if (value === undefined || value === null) return problem(path, 'missing');
    if (typeof value !== 'string') return problem(path, 'type');
    const chosen = choices.find((choice) => choice === value);
    return chosen === undefined ? problem(path, 'bounds') : accept(chosen);
  };

export const maybe =
  <T>(shape: Shape<T>): Shape<T | undefined> =>
  (value, path) =>
    value === undefined || value === null ? accept(undefined) : shape(value, path);

export const list =
  <T>(shape: Shape<T>, lengthMax: number): Shape<readonly T[]> =>
  (value, path) => {
    if (value === undefined || value === null) return problem(path, 'missing');
    if (!Array.isArray(value)) return problem(path, 'type');
    if (value.length > lengthMax) return problem(path, 'bounds');
    const items: T[] = [];
    for (const [index, entry] of value.entries()) {
      const item = shape(entry, `${path}.${index + 1}.member`);
      if (!item.ok) return item;
      items.push(item.value);
    }
    return accept(items);
  };

export const object =
  <F extends Readonly<Record<string, Shape<unknown>>>>(fields: F): Shape<{ readonly [K in keyof F]: ShapeOf<F[K]> }> =>
  (value, path) => {
    if (value === undefined || value === null) return problem(path, 'missing');
    if (typeof value !== 'object' || Array.isArray(value)) return problem(path, 'type');
    const given = new Map<string, unknown>(Object.entries(value));
    const taken: [string, unknown][] = [];
    for (const [name, shape] of Object.entries(fields)) {
      const field = shape(given.get(name), path === '' ? name : `${path}.${name}`);
      if (!field.ok) return field;
      taken.push([name, field.value]);
    }
    return accept(Object.fromEntries(taken) as { readonly [K in keyof F]: ShapeOf<F[K]> });
  };

const problem = (path: string, reason: ShapeProblem['reason']) => ({ ok: false as const, error: { path, reason } });
