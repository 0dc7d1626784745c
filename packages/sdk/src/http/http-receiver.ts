import type { HttpAnswer } from './http-answer.ts';
import type { HttpRequest } from './http-request.ts';

/** Answers HTTP requests whatever the server: the webhook connector and the management API are such. */
export interface HttpReceiver {
  /** Never rejects: trouble is an answer. */
  handle(request: HttpRequest): Promise<HttpAnswer>;
}
