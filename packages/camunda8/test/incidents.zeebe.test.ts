import { eventBridge } from '@bpmn-connectors/eventbridge/outbound';
import { createConnectorRuntime } from '@bpmn-connectors/runtime';
import { startLocalEventBridge } from '@bpmn-connectors/testing';
import { startZeebe, type ZeebeRecord } from '@bpmn-connectors/testing/zeebe';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createCamunda8 } from '../src/index.ts';
import { eventually } from './support/eventually.ts';
import { taskModel } from './support/task-model.ts';

// The first job loads the AWS client.
jest.setTimeout(90_000);

const zeebe = await startZeebe({ kind: 'engine' });
const bridge = await startLocalEventBridge();
const camunda8 = createCamunda8({
  grpcAddress: zeebe.grpcAddress,
  streaming: false,
  pollIntervalMs: 20,
});
const secrets: Readonly<Record<string, string>> = {
  AWS_KEY: 'AKIAEXAMPLE',
  AWS_SECRET: 'not-for-operators',
};
const connectorRuntime = createConnectorRuntime({
  processRuntime: camunda8,
  connectors: [eventBridge({ endpoint: bridge.endpoint, checkEventBus: false })],
  secrets: { get: async (name) => secrets[name] },
});

beforeAll(() => connectorRuntime.start());
afterAll(async () => {
  await connectorRuntime.close();
  await camunda8.close();
  await bridge.close();
  await zeebe.stop();
});

const putEvents = (id: string, headers: Readonly<Record<string, string>> = {}): string =>
  taskModel(id, {
    type: 'io.camunda:aws-eventbridge:1',
    inputs: {
      'authentication.type': 'credentials',
      'authentication.accessKey': '{{secrets.AWS_KEY}}',
      'authentication.secretKey': '{{secrets.AWS_SECRET}}',
      'configuration.region': 'eu-central-1',
      'input.eventBusName': 'default',
      'input.source': id,
      'input.detailType': 'order',
      'input.detail': '={order: 1}',
    },
    headers,
  });

const withProcess =
  (id: string) =>
  ({ value }: ZeebeRecord): boolean =>
    value['bpmnProcessId'] === id;

/** Deploys a model, starts it, and waits until the engine has an incident of it. */
async function incidentOf(id: string, model: string): Promise<ZeebeRecord['value']> {
  await camunda8.deploy([{ name: `${id}.bpmn`, content: model }]);
  await camunda8.send({ kind: 'start', processId: id, elementId: `${id}_start`, variables: {} });
  let found: readonly ZeebeRecord[] = [];
  await eventually(async () => {
    found = (await zeebe.records('INCIDENT')).filter(withProcess(id));
    return found.length > 0;
  }, 60_000);
  expect(found).toMatchObject([{ intent: 'CREATED' }]);
  return found[0]?.value ?? {};
}

describe('an incident', () => {
  test('of a job that fails for good says what AWS said, without the secrets that it quoted', async () => {
    bridge.failNext({
      kind: 'error',
      source: 'refused',
      code: 'AccessDeniedException',
      message: `${secrets['AWS_KEY']} with ${secrets['AWS_SECRET']} may not put events`,
    });
    expect(await incidentOf('refused', putEvents('refused'))).toMatchObject({
      errorType: 'JOB_NO_RETRIES',
      errorMessage: expect.stringMatching(
        /^\*{3} with \*{3} may not put events \(HTTP 400, request /,
      ),
      elementId: 'refused_task',
    });
    const told = await Promise.all(
      (['INCIDENT', 'JOB', 'VARIABLE'] as const).map((type) => zeebe.records(type)),
    );
    expect(JSON.stringify(told)).not.toMatch(/AKIAEXAMPLE|not-for-operators/);
  });

  test('of a BPMN error that nobody catches has its code and message', async () => {
    const headers = { errorExpression: '=bpmnError("NO_BUS", "The bus is not there")' };
    const incident = await incidentOf('uncaught', putEvents('uncaught', headers));
    expect(incident).toMatchObject({
      errorType: 'UNHANDLED_ERROR_EVENT',
      elementId: 'uncaught_task',
      errorMessage: expect.stringMatching(/NO_BUS.*The bus is not there/s),
    });
  });

  test('of a failure that the error expression decided on has its message', async () => {
    const headers = { errorExpression: '=jobError("Ask the – ops – team", {}, 0)' };
    const incident = await incidentOf('decided', putEvents('decided', headers));
    expect(incident).toMatchObject({
      errorType: 'JOB_NO_RETRIES',
      errorMessage: 'Ask the – ops – team',
    });
  });

  test('of an input that does not fit names the field', async () => {
    const model = putEvents('unfit').replace('source="order"', 'source=""');
    const incident = await incidentOf('unfit', model);
    expect(incident).toMatchObject({
      errorType: 'JOB_NO_RETRIES',
      errorMessage: expect.stringContaining('input.detailType'),
    });
  });

  test('of a secret that does not exist names it', async () => {
    const model = putEvents('unknown').replace('AWS_SECRET', 'AWS_MISSPELT');
    expect(await incidentOf('unknown', model)).toMatchObject({
      errorType: 'JOB_NO_RETRIES',
      errorMessage: expect.stringContaining('AWS_MISSPELT'),
    });
  });

  test('of a result that the cluster can never take says so', async () => {
    const worker = camunda8.work(
      { type: 'io.example:large:1', maxActive: 1, timeoutMs: 30_000 },
      async () => ({ action: 'complete', variables: { text: 'x'.repeat(5 * 1024 * 1024) } }),
    );
    const model = taskModel('large', { type: 'io.example:large:1' });
    const incident = await incidentOf('large', model);
    await worker.drain(1000);
    expect(incident).toMatchObject({
      errorType: 'JOB_NO_RETRIES',
      errorMessage: expect.stringMatching(/^The cluster does not take the result of the job: ./),
    });
  });
});
