/** Something in a model that will not work, said so that its author can mend it. */
export interface Problem {
  /** What it is about: `process order / element Task_1 (Ship) / property input.source`. */
  readonly where: string;
  /** Why it does not work. Never holds payload values or secrets. */
  readonly reason: string;
  /** What to do about it. */
  readonly fix: string;
}
