import type { HttpAnswer, HttpRequest } from '@bpmn-connectors/sdk';
import type { z } from 'zod';
import type { ManagementOptions } from './management-options.ts';

/** A request that reached its route. */
export interface Call<Query = Readonly<Record<string, string>>> {
  readonly request: HttpRequest;
  readonly options: ManagementOptions;
  /** Value of the path's `{name}`, percent-decoded; empty where the path has none. */
  readonly id: string;
  readonly query: Query;
  /** Media type of the body with parameters, as sent; empty where there is no body. */
  readonly contentType: string;
}

/** One operation of the management API: all that matching, guarding and documenting it need. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** `/api/incidents/{key}/resolve`. */
  readonly path: string;
  readonly summary: string;
  /** Shape of the query string; unknown parameters are refused. */
  readonly query: z.ZodObject;
  /** Media types of a body. Without it a body is refused. */
  readonly accepts?: readonly string[];
  /** Status and body of success. Without a schema the body is text. */
  readonly answer: { readonly status: number; readonly schema?: z.ZodType };
  /** Further statuses it answers with, beside those that every route has. */
  readonly problems: readonly number[];
  /** Answered without a token: probes carry none. */
  readonly open?: boolean;
  handle(call: Call<Readonly<Record<string, unknown>>>): Promise<HttpAnswer>;
}
