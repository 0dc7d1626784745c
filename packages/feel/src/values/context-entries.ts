import type { FeelContext } from './kind.ts';

/** Puts an entry; a key `__proto__` becomes an own key like any other. */
export function putEntry(context: FeelContext, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(context, key, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  } else {
    context[key] = value;
  }
}

/** The value of an own key, null where there is none: never anything inherited. */
export const entryOf = (context: FeelContext, key: string): unknown =>
  Object.hasOwn(context, key) ? (context[key] ?? null) : null;
