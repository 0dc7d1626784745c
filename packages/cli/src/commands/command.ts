import type { Io } from '../io/io.ts';

/** A command of the program. */
export interface Command {
  readonly name: string;
  /** What stands after the name: `[files|folders…] [options]`. */
  readonly usage: string;
  /** One line. */
  readonly summary: string;
  /** The whole help text below usage and summary. */
  readonly help: () => string;
  /**
   * @returns the exit code.
   * @throws {UsageError} called wrongly.
   */
  run(argv: readonly string[], io: Io): Promise<number>;
}
