import type { Readable, Writable } from 'node:stream';

/** What happened in a Zeebe, as it exports it. */
export interface ZeebeRecord {
  /** What became of the thing that the record tells of: `CREATED`, `FAILED`. */
  readonly intent: string;
  /** The thing: of an incident its `errorType`, `errorMessage`, `elementId` and more. */
  readonly value: Readonly<Record<string, unknown>>;
}

/** Types of records; Zeebe has more. */
export type ZeebeRecordType = 'INCIDENT' | 'JOB' | 'VARIABLE';

/** Asks for the records so far, of one type. */
export type AskRecords = (type: ZeebeRecordType) => Promise<readonly ZeebeRecord[]>;

const prefix = 'records ';

/** Makes what asks a started engine for its records; it answers in the order of the questions. */
export function createAskRecords(input: Writable, output: Readable): AskRecords {
  const waiting: ((answer: readonly ZeebeRecord[]) => void)[] = [];
  let rest = '';
  output.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines)
      if (line.startsWith(prefix)) waiting.shift()?.(JSON.parse(line.slice(prefix.length)));
  });
  return (type) =>
    new Promise((resolve) => {
      waiting.push(resolve);
      input.write(`${type}\n`);
    });
}
