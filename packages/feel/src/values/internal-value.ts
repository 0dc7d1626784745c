/** FEEL's types; `local` ones have no zone. */
export type Kind =
  | 'null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'list'
  | 'context'
  | 'function'
  | 'range'
  | 'date'
  | 'time'
  | 'local time'
  | 'date and time'
  | 'local date and time'
  | 'years and months duration'
  | 'days and time duration';

/** A value that JSON does not have. One class, so that telling it from data is one check. */
export abstract class InternalValue {
  abstract readonly kind: Kind;

  /** The text that `string()` gives. */
  abstract toString(): string;

  /** What values of the same kind are ordered by; undefined where they have no order. */
  rank(): number | bigint | undefined {
    return undefined;
  }

  /** Whether a value of the same kind is equal; null where such values cannot be compared. */
  equals(other: InternalValue): boolean | null {
    const rank = this.rank();
    return rank === undefined ? null : rank === other.rank();
  }

  /** A property as paths read it: `date("2024-05-04").year`. */
  property(_name: string): unknown {
    return null;
  }
}
