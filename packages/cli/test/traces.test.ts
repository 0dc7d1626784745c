import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTelemetry } from '@bpmn-connectors/runtime/open-telemetry';
import { type LocalEventBridge, startLocalEventBridge } from '@bpmn-connectors/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SpanStatusCode } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { type Server, serve } from '../src/index.ts';
import { call, eventually, postJson } from './call.ts';

const model = fileURLToPath(new URL('data/relay.bpmn', import.meta.url));
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const sender = '00f067aa0ba902b7';
const traceparent = `00-${traceId}-${sender}-01`;

let folder = '';
let bridge: LocalEventBridge;
let server: Server;
let exporter: InMemorySpanExporter;
let provider: NodeTracerProvider;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bpmn-connectors-traces-'));
  bridge = await startLocalEventBridge();
  exporter = new InMemorySpanExporter();
  provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  provider.register();
});

afterEach(async () => {
  await server.close();
  await bridge.close();
  await provider.shutdown();
  await rm(folder, { recursive: true });
});

async function start(parent?: 'continue' | 'link'): Promise<void> {
  const tracer = provider.getTracer('test');
  server = await serve({
    models: [model],
    port: 0,
    managementPort: 0,
    data: folder,
    awsEndpoint: bridge.endpoint,
    env: { SECRET_API_KEY: 'the-api-key', SECRET_AWS_KEY: 'AKIA', SECRET_AWS_SECRET: 'x' },
    telemetry: openTelemetry({ tracer, ...(parent === undefined ? {} : { parent }) }),
  });
}

const deliver = (headers: Record<string, string>, key = 'the-api-key') =>
  postJson(`${server.url}/webhooks/relay`, { order: 1 }, { apikey: key, ...headers });

/** Waits for the spans of a delivery and of its job. */
async function spans(): Promise<{ readonly delivery: ReadableSpan; readonly job: ReadableSpan }> {
  const finished = await eventually(
    async () => exporter.getFinishedSpans(),
    (all) => all.length === 2,
  );
  const [delivery, job] = ['deliver ', 'job '].map((name) =>
    finished.find((span) => span.name.startsWith(name)),
  );
  if (delivery === undefined || job === undefined) throw new Error('a span is missing');
  return { delivery, job };
}

const parentOf = ({ parentSpanContext }: ReadableSpan): string | undefined =>
  parentSpanContext?.spanId;

describe('a trace', () => {
  test('goes on from the sender over the delivery and the job to the event on the bus', async () => {
    await start();
    expect((await deliver({ traceparent, tracestate: 'shop=1' })).status).toBe(200);
    const { delivery, job } = await spans();
    expect([delivery, job].map((span) => span.spanContext().traceId)).toEqual([traceId, traceId]);
    expect(parentOf(delivery)).toBe(sender);
    expect(parentOf(job)).toBe(delivery.spanContext().spanId);
    expect(delivery.spanContext().traceState?.serialize()).toBe('shop=1');
    const root = `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;
    const header = `Root=${root};Parent=${job.spanContext().spanId};Sampled=1`;
    expect(bridge.calls.at(-1)?.body).toMatchObject({ Entries: [{ TraceHeader: header }] });
  });

  test('has names and keys in its spans, and nothing of what was delivered', async () => {
    await start();
    await deliver({ traceparent });
    const { delivery, job } = await spans();
    const instance = delivery.attributes['bpmn_connectors.process_instance_key'];
    expect(delivery.attributes).toEqual({
      'bpmn_connectors.connector_type': 'io.camunda:webhook:1',
      'bpmn_connectors.endpoint': 'relay',
      'bpmn_connectors.outcome': 'started',
      'bpmn_connectors.step': 'respond',
      'bpmn_connectors.process_instance_key': expect.stringMatching(/^\d+$/),
      'http.response.status_code': 200,
    });
    expect(job.attributes).toEqual({
      'bpmn_connectors.job_type': 'io.camunda:aws-eventbridge:1',
      'bpmn_connectors.process_id': 'relay',
      'bpmn_connectors.process_instance_key': instance,
      'bpmn_connectors.element_id': 'relay_put',
      'bpmn_connectors.action': 'complete',
    });
  });

  test.each([
    ['without traceparent', {}],
    ['with a malformed one', { traceparent: '00-zz' }],
  ])('begins anew %s', async (_name, headers) => {
    await start();
    expect((await deliver(headers)).status).toBe(200);
    const { delivery, job } = await spans();
    expect(parentOf(delivery)).toBeUndefined();
    expect(job.spanContext().traceId).toBe(delivery.spanContext().traceId);
  });

  test('of a sender can be linked to instead, so that it does not decide what is sampled', async () => {
    await start('link');
    await deliver({ traceparent });
    const { delivery } = await spans();
    expect(parentOf(delivery)).toBeUndefined();
    expect(delivery.spanContext().traceId).not.toBe(traceId);
    expect(delivery.links.map(({ context }) => context.spanId)).toEqual([sender]);
  });

  test('is not begun for what is refused', async () => {
    await start();
    expect((await deliver({ traceparent }, 'wrong')).status).toBe(401);
    await deliver({ traceparent });
    await spans();
    expect(exporter.getFinishedSpans()).toHaveLength(2);
  });

  test('of a job that fails says with which code', async () => {
    bridge.failNext({ kind: 'error', code: 'AccessDeniedException' });
    await start();
    await deliver({ traceparent });
    const { job } = await spans();
    expect(job.status).toEqual({ code: SpanStatusCode.ERROR, message: 'AccessDeniedException' });
    expect(job.attributes['error.type']).toBe('AccessDeniedException');
  });

  test('can be found by its id in the list of deliveries', async () => {
    await start();
    await deliver({ traceparent });
    await spans();
    const { text } = await call(`${server.managementUrl}/api/deliveries`);
    expect(JSON.parse(text).items).toEqual([expect.objectContaining({ traceId })]);
  });
});
