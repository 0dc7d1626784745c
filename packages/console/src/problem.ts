import { type HttpAnswer, type JsonObject, problemAnswer } from '@bpmn-connectors/sdk';
import { codes, type ManagementCode } from './codes.ts';

/** What a problem says beyond its code. */
export interface ProblemParts {
  readonly detail?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly extensions?: JsonObject;
}

/** Answers with a problem document of a code. */
export function problem(code: ManagementCode, parts: ProblemParts = {}): HttpAnswer {
  const { headers, ...rest } = parts;
  return problemAnswer({ ...codes[code], code, ...rest }, headers);
}
