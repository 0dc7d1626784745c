import type { Logger } from '@bpmn-connectors/sdk';
import { pino } from 'pino';
import type { Configuration } from '../configuration/configuration-schema.ts';
import type { Output } from './io.ts';

/** Writes log lines as JSON. */
export function createLogger(level: Configuration['logLevel'], output: Output): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => void output.write(line) },
  );
}
