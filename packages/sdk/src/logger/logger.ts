/** Where log lines go. pino's loggers fit. Fields never hold payloads or secrets. */
export interface Logger {
  /** For whoever looks for a fault. */
  debug(fields: Readonly<Record<string, unknown>>, message: string): void;
  /** What happened, as it should. */
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  /** Something an operator should look at some time. */
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  /** Something that failed and needs somebody. */
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

const ignore = (): void => {};

/** Logs nothing. The default of every option named `logger`. */
export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };
