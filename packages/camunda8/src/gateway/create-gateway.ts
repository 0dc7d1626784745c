import type { ClientReadableStream, Metadata, ServiceError } from '@grpc/grpc-js';
import type { ConnectionOptions } from './connection-options.ts';
import type { CallOptions, Gateway } from './gateway.ts';
import { GatewayError, grpcStatus } from './gateway-error.ts';
import type { JobStream, JobStreamEvents } from './job-stream.ts';
import type { ActivatedJob } from './messages.ts';
import { type Channel, openChannel } from './open-channel.ts';
import {
  isMessage,
  type Message,
  readDeployment,
  readInstanceKey,
  readInstanceResult,
  readJob,
  readJobs,
  readMessageKey,
  readTopology,
} from './wire.ts';

/** The network and the gateway's own answer may take so much longer than what the gateway waits for. */
const graceMs = 10_000;

interface Connection {
  readonly channel: () => Promise<Channel>;
  readonly options: ConnectionOptions;
  readonly closed: AbortSignal;
}

const toError = ({ code, details, message }: Partial<ServiceError>, cause: unknown): GatewayError =>
  new GatewayError(code, details ?? message ?? 'The call failed', cause);

const asError = (error: unknown): GatewayError =>
  error instanceof GatewayError ? error : toError(error instanceof Error ? error : {}, error);

const closedError = (): GatewayError =>
  new GatewayError(grpcStatus.UNAVAILABLE, 'The connection to the cluster is closed');

/** Trouble before a call is made (no token, no client) is unavailability: nothing was sent. */
async function prepare({ channel, options, closed }: Connection) {
  if (closed.aborted) throw closedError();
  try {
    const opened = await channel();
    const headers = options.credentials === undefined ? {} : await options.credentials.headers();
    // The client throws in the midst of a call when it was closed meanwhile.
    if (closed.aborted) throw closedError();
    return { opened, metadata: opened.createMetadata(headers) };
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    const reason = error instanceof Error ? error.message : 'unknown';
    throw new GatewayError(grpcStatus.UNAVAILABLE, reason, error);
  }
}

function noteRefusal({ options }: Connection, error: GatewayError): GatewayError {
  if (error.status === 'UNAUTHENTICATED') options.credentials?.refused();
  return error;
}

async function callUnary(
  connection: Connection,
  name: string,
  request: object,
  { timeoutMs, signal }: CallOptions = {},
): Promise<Message> {
  const { opened, metadata } = await prepare(connection);
  const { path, requestSerialize, responseDeserialize } = opened.method(name);
  const deadline = Date.now() + (timeoutMs ?? connection.options.requestTimeoutMs);
  return new Promise((resolve, reject) => {
    const call = opened.client.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
      metadata,
      { deadline },
      (error, answer) => {
        signal?.removeEventListener('abort', cancel);
        if (error) reject(noteRefusal(connection, toError(error, error)));
        else resolve(isMessage(answer) ? answer : {});
      },
    );
    const cancel = (): void => call.cancel();
    if (signal?.aborted) cancel();
    else signal?.addEventListener('abort', cancel, { once: true });
  });
}

function openStream(
  { opened, metadata }: { readonly opened: Channel; readonly metadata: Metadata },
  name: string,
  request: object,
  deadline?: number,
): ClientReadableStream<object> {
  const { path, requestSerialize, responseDeserialize } = opened.method(name);
  const options = deadline === undefined ? {} : { deadline };
  return opened.client.makeServerStreamRequest(
    path,
    requestSerialize,
    responseDeserialize,
    request,
    metadata,
    options,
  );
}

async function collectJobs(
  connection: Connection,
  request: object,
  { timeoutMs, signal }: CallOptions = {},
): Promise<readonly ActivatedJob[]> {
  const prepared = await prepare(connection);
  const deadline = Date.now() + (timeoutMs ?? connection.options.requestTimeoutMs) + graceMs;
  const stream = openStream(prepared, 'ActivateJobs', request, deadline);
  const cancel = (): void => stream.cancel();
  if (signal?.aborted) cancel();
  else signal?.addEventListener('abort', cancel, { once: true });
  const jobs: ActivatedJob[] = [];
  try {
    for await (const answer of stream) if (isMessage(answer)) jobs.push(...readJobs(answer));
  } catch (error) {
    // What came before the stream broke is in our hands.
    if (jobs.length === 0) throw noteRefusal(connection, asError(error));
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
  return jobs;
}

function streamJobs(
  connection: Connection,
  request: object,
  { onJob, onEnd, isPaused }: JobStreamEvents,
): JobStream {
  const cancelled = new AbortController();
  let stream: ClientReadableStream<object> | undefined;
  let over = false;
  const end = (error?: unknown): void => {
    if (over) return;
    over = true;
    if (error === undefined) onEnd(undefined);
    else onEnd(noteRefusal(connection, asError(error)));
  };
  const open = async (): Promise<void> => {
    const prepared = await prepare(connection);
    if (cancelled.signal.aborted) return end();
    stream = openStream(prepared, 'StreamActivatedJobs', request);
    stream.on('error', end);
    stream.on('end', () => end());
    stream.on('data', (job: unknown) => {
      if (isMessage(job)) onJob(readJob(job));
    });
    if (isPaused()) stream.pause();
  };
  open().catch(end);
  return {
    pause: () => stream?.pause(),
    resume: () => stream?.resume(),
    cancel: () => {
      cancelled.abort();
      stream?.cancel();
    },
  };
}

/** Makes a client for Zeebe's gateway over gRPC. */
export function createGateway(options: ConnectionOptions): Gateway {
  const closing = new AbortController();
  let opening: Promise<Channel> | undefined;
  const connection: Connection = {
    options,
    closed: closing.signal,
    channel: () => {
      opening ??= openChannel(options);
      return opening;
    },
  };
  const call = (name: string, request: object, callOptions?: CallOptions): Promise<Message> =>
    callUnary(connection, name, request, callOptions);
  const ask = async (name: string, request: object, callOptions?: CallOptions): Promise<void> => {
    await call(name, request, callOptions);
  };
  return {
    topology: async (callOptions) => readTopology(await call('Topology', {}, callOptions)),
    deployResource: async (request, callOptions) =>
      readDeployment(await call('DeployResource', request, callOptions)),
    createProcessInstance: async (request, callOptions) =>
      readInstanceKey(await call('CreateProcessInstance', request, callOptions)),
    createProcessInstanceWithResult: async (request, waitMs, callOptions) =>
      readInstanceResult(
        await call(
          'CreateProcessInstanceWithResult',
          { request, requestTimeout: waitMs },
          { timeoutMs: waitMs + graceMs, ...callOptions },
        ),
      ),
    publishMessage: async (request, callOptions) =>
      readMessageKey(await call('PublishMessage', request, callOptions)),
    activateJobs: (request, callOptions) => collectJobs(connection, request, callOptions),
    streamJobs: (request, events) => streamJobs(connection, request, events),
    completeJob: (request, callOptions) => ask('CompleteJob', request, callOptions),
    failJob: (request, callOptions) => ask('FailJob', request, callOptions),
    throwError: (request, callOptions) => ask('ThrowError', request, callOptions),
    updateJobTimeout: (request, callOptions) => ask('UpdateJobTimeout', request, callOptions),
    close: () => {
      if (closing.signal.aborted) return;
      closing.abort();
      opening?.then(
        ({ client }) => client.close(),
        () => undefined,
      );
    },
  };
}
