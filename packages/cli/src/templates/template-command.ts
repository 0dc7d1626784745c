import type { CommandFlags, KnownFlags } from '../commands/command-flags.ts';
import type { Io } from '../io/io.ts';

/** Something to do with templates: `templates lint`. */
export interface TemplateCommand {
  readonly name: string;
  /** What stands behind the name. */
  readonly usage: string;
  readonly summary: string;
  readonly flags: KnownFlags;
  /**
   * @returns the exit code.
   * @throws {UsageError} called wrongly.
   */
  run(flags: CommandFlags, io: Io): Promise<number>;
}
