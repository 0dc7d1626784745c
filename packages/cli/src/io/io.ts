/** Where text goes. */
export interface Output {
  /** Takes a text as it is; adds no end of line. */
  write(text: string): unknown;
}

/** All that the program touches of the process it runs in. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Read only by commands that take their data from it. */
  readonly stdin: AsyncIterable<Uint8Array>;
  /** What people and scripts read. */
  readonly stdout: Output;
  /** Log lines and complaints. */
  readonly stderr: Output;
  /** Relative paths begin here. */
  readonly cwd: string;
  /** Aborts when the program is to end. */
  readonly signal: AbortSignal;
}
