import { nearestName } from './nearest-name.ts';

/** Says that a name is not known and which one was probably meant. */
export function unknownName(what: string, given: string, names: readonly string[]): string {
  const nearest = nearestName(given, names);
  return `unknown ${what} ${given}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`;
}
