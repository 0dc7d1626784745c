/** Where log lines go. pino's loggers fit. Fields never hold payloads or secrets. */
export interface Logger {
  debug(fields: Readonly<Record<string, unknown>>, message: string): void;
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

const ignore = (): void => {};

/** Logs nothing. The default of every option named `logger`. */
export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };
