import { ConnectorError } from '@bpmn-connectors/sdk';
import { z } from 'zod';
import {
  type DeadLetter,
  type DeadLetterDetail,
  deadLetterDetailSchema,
  deadLetterPageSchema,
  type Replay,
  replaySchema,
} from './dead-letter-schema.ts';

/** Where the management API is. */
export interface ManagementAddress {
  /** `http://127.0.0.1:8090`. */
  readonly url: string;
  readonly token?: string;
  /** Ends requests under way. */
  readonly signal: AbortSignal;
}

/**
 * What commands ask of a running program. Every method throws a `ConnectorError`: `MANAGEMENT_UNREACHABLE`
 * nobody answers there, `MANAGEMENT_REFUSED` the answer is an error or none that is understood.
 */
export interface ManagementClient {
  /** All of them, newest first. */
  deadLetters(webhookId?: string): Promise<readonly DeadLetter[]>;
  /** Undefined: there is none of this id. */
  deadLetter(id: string): Promise<DeadLetterDetail | undefined>;
  replay(id: string): Promise<Replay | undefined>;
}

const timeoutMs = 30_000;
const pageSize = '500';
const problemSchema = z.looseObject({ title: z.string(), detail: z.string().optional() });

/** Talks to the management API over HTTP. */
export function createManagementClient(address: ManagementAddress): ManagementClient {
  const call = <Schema extends z.ZodType>(method: string, path: string, schema: Schema) =>
    request(address, { method, path, schema });
  const letterPath = (id: string): string => `/api/dead-letters/${encodeURIComponent(id)}`;
  return {
    deadLetters: async (webhookId) => {
      const letters: DeadLetter[] = [];
      const query = new URLSearchParams({ limit: pageSize });
      if (webhookId !== undefined) query.set('webhookId', webhookId);
      for (;;) {
        const page = await call(
          'GET',
          `/api/dead-letters?${query.toString()}`,
          deadLetterPageSchema,
        );
        letters.push(...(page?.items ?? []));
        const cursor = page?.cursor ?? null;
        if (cursor === null) return letters;
        query.set('cursor', cursor);
      }
    },
    deadLetter: (id) => call('GET', letterPath(id), deadLetterDetailSchema),
    replay: (id) => call('POST', `${letterPath(id)}/replay`, replaySchema),
  };
}

interface ManagementCall<Schema extends z.ZodType> {
  readonly method: string;
  readonly path: string;
  readonly schema: Schema;
}

/** Undefined: there is no such resource. */
async function request<Schema extends z.ZodType>(
  { url, token, signal }: ManagementAddress,
  { method, path, schema }: ManagementCall<Schema>,
): Promise<z.output<Schema> | undefined> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    // The token is for this address alone.
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  }).catch((cause: unknown) => {
    const message = `The management API at ${url} cannot be reached. Is the program running there?`;
    throw new ConnectorError('MANAGEMENT_UNREACHABLE', message, { cause });
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.status === 404) return undefined;
  const parsed = schema.safeParse(body);
  if (response.ok && parsed.success) return parsed.data;
  throw refusal(url, response.status, body);
}

function refusal(url: string, status: number, body: unknown): ConnectorError {
  const { data } = problemSchema.safeParse(body);
  const said = [data?.title ?? 'no answer that is understood', data?.detail].filter(
    (text) => text !== undefined,
  );
  const advice = status === 401 ? '. Set BPMN_CONNECTORS_MANAGEMENT_TOKEN' : '';
  const message = `The management API at ${url} answered ${status}: ${said.join(': ')}${advice}`;
  return new ConnectorError('MANAGEMENT_REFUSED', message);
}
