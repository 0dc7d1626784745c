import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ServerCredentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Camunda8Settings, createCamunda8 } from '../src/index.ts';
import { type GatewayStub, startGatewayStub } from './support/gateway-stub.ts';

const pem = (name: string) => readFileSync(new URL(`./data/certificates/${name}`, import.meta.url));

const authority = pem('ca.pem');
const mutual = {
  rootCertificates: authority,
  certificateChain: pem('client.pem'),
  privateKey: pem('client.key'),
};

describe('a gateway that wants certificates from its clients', () => {
  let gateway: GatewayStub;
  beforeAll(async () => {
    const pair = { private_key: pem('server.key'), cert_chain: pem('server.pem') };
    const credentials = ServerCredentials.createSsl(authority, [pair], true);
    gateway = await startGatewayStub({ credentials });
    gateway.on('PublishMessage', () => ({ key: '1' }));
  });
  afterAll(() => gateway.close());

  const rows: readonly (readonly [string, string, Camunda8Settings['tls'], string])[] = [
    ['takes one with a certificate of its authority', 'grpcs', mutual, 'accepted'],
    ['takes it under https too', 'https', mutual, 'accepted'],
    ['refuses one without', 'grpcs', { rootCertificates: authority }, 'unavailable'],
    ['is refused when its own authority is not known', 'grpcs', undefined, 'unavailable'],
    ['is not spoken to without TLS', 'grpc', mutual, 'unavailable'],
  ];
  for (const [what, scheme, tls, status] of rows) {
    test(what, async () => {
      const camunda8 = createCamunda8({
        grpcAddress: `${scheme}://${gateway.target}`,
        ...(tls === undefined ? {} : { tls }),
      });
      const outcome = await camunda8.send({
        kind: 'publish',
        messageName: 'm',
        correlationKey: '',
        variables: {},
      });
      await camunda8.close();
      expect(outcome).toMatchObject({ status });
    });
  }
});

test('the REST API is called with the same certificates', async () => {
  const options = {
    key: pem('server.key'),
    cert: pem('server.pem'),
    ca: authority,
    requestCert: true,
    rejectUnauthorized: true,
  };
  const server = createServer(options, (_, response) => {
    response.end('{"messageKey":"1","processInstanceKey":"2"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const statuses: string[] = [];
  for (const tls of [mutual, { rootCertificates: authority }]) {
    const camunda8 = createCamunda8({ restAddress: `https://127.0.0.1:${port}`, tls });
    const { status } = await camunda8.send({
      kind: 'correlate',
      messageName: 'm',
      correlationKey: '',
      variables: {},
    });
    statuses.push(status);
    await camunda8.close();
  }
  server.close();
  expect(statuses).toEqual(['correlated', 'unavailable']);
});
