import type { JsonObject } from '../json/json-value.ts';
import type { HttpAnswer } from './http-answer.ts';

/** What a problem document says. `code` is stable; `title` is for people. */
export interface ProblemDocument {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  /** Further members of the document. */
  readonly extensions?: JsonObject;
}

/** Makes an answer of it (RFC 9457, `application/problem+json`). */
export function problemAnswer(
  problem: ProblemDocument,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  const { status, code, title, detail, extensions } = problem;
  return {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
    body: JSON.stringify({
      title,
      status,
      code,
      ...(detail === undefined ? {} : { detail }),
      ...extensions,
    }),
  };
}
