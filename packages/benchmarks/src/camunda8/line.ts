import type { Measurement } from '../measurement.ts';

/** One line of a table. */
export interface Line {
  readonly name: string;
  readonly measure: () => Promise<Measurement>;
}
