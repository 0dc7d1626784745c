import { fileURLToPath } from 'node:url';
import {
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/** Fields of a message, as protocol buffers have them. */
export type Fields = Readonly<Record<string, unknown>>;

/** What the gateway does with a call: answers, or throws what `refuse` makes. */
type Answer = (
  request: Fields,
  headers: Readonly<Record<string, unknown>>,
) => Fields | Promise<Fields>;

/** A stream of answers in the hands of a test. */
interface StreamCall {
  readonly request: Fields;
  readonly write: (message: Fields) => void;
  readonly end: (refusal?: Error) => void;
  readonly cancelled: Promise<void>;
}

/** A gateway that speaks Zeebe's protocol and does as a test says. */
export interface GatewayStub {
  /** `127.0.0.1:port`. */
  readonly target: string;
  /** Calls so far, in their order. */
  readonly calls: { readonly name: string; readonly request: Fields }[];
  readonly streams: StreamCall[];
  /** Sets what a method answers from now on. */
  on(name: string, answer: Answer): void;
  /** Sets what is done with a stream of answers from now on. */
  onStream(name: string, open: (stream: StreamCall) => void): void;
  close(): Promise<void>;
}

/** An answer with a status of gRPC. */
export const refuse = (code: number, details: string): Error =>
  Object.assign(new Error(details), { code, details });

const protocol = fileURLToPath(new URL('../../proto/gateway.proto', import.meta.url));

function serviceDefinition() {
  const packages = loadSync(protocol, { longs: String, enums: String, defaults: true });
  const service = packages['gateway_protocol.Gateway'];
  if (service === undefined || 'format' in service) throw new Error('No gateway in the protocol');
  return service;
}

/** Starts one on loopback; with a port, there. */
export async function startGatewayStub({
  port = 0,
  credentials = ServerCredentials.createInsecure(),
} = {}): Promise<GatewayStub> {
  const answers = new Map<string, Answer>();
  const openers = new Map<string, (stream: StreamCall) => void>();
  const calls: GatewayStub['calls'] = [];
  const streams: StreamCall[] = [];
  const server = new Server();

  const unary =
    (name: string) => (call: ServerUnaryCall<Fields, Fields>, reply: sendUnaryData<Fields>) => {
      calls.push({ name, request: call.request });
      const answer = answers.get(name) ?? (() => refuse(12, `No answer for ${name}`));
      Promise.resolve()
        .then(() => answer(call.request, call.metadata.getMap()))
        .then((fields) => (fields instanceof Error ? reply(fields) : reply(null, fields)), reply);
    };
  const stream = (name: string) => (call: ServerWritableStream<Fields, Fields>) => {
    calls.push({ name, request: call.request });
    const opened: StreamCall = {
      request: call.request,
      write: (message) => call.write(message),
      end: (refusal) => (refusal === undefined ? call.end() : void call.emit('error', refusal)),
      cancelled: new Promise((resolve) => call.once('cancelled', () => resolve())),
    };
    const open = openers.get(name);
    if (open !== undefined) {
      streams.push(opened);
      open(opened);
      return;
    }
    const answer = answers.get(name);
    if (answer === undefined) {
      call.emit('error', refuse(12, `No stream for ${name}`));
      return;
    }
    void Promise.resolve()
      .then(() => answer(call.request, call.metadata.getMap()))
      .then(
        (fields) => {
          call.write(fields);
          call.end();
        },
        (error: Error) => void call.emit('error', error),
      );
  };

  const service = serviceDefinition();
  server.addService(
    service,
    Object.fromEntries(
      Object.entries(service).map(([name, { responseStream }]) => [
        name,
        responseStream ? stream(name) : unary(name),
      ]),
    ),
  );
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, credentials, (error, taken) =>
      error === null ? resolve(taken) : reject(error),
    );
  });
  return {
    target: `127.0.0.1:${bound}`,
    calls,
    streams,
    on: (name, answer) => void answers.set(name, answer),
    onStream: (name, open) => void openers.set(name, open),
    close: async () => server.forceShutdown(),
  };
}
