// A webhook receiver as a process of its own, over what was built: its crash, and its heap, can be seen from outside.
import { createServer } from 'node:http';
import { webhook } from '@bpmn-connectors/webhook';
import { createExpressHandler } from '@bpmn-connectors/webhook/express';
import { createNodeHandler } from '@bpmn-connectors/webhook/node';
import express from 'express';

const listeners = {
  'node:http': (hooks) => createNodeHandler(hooks),
  express: (hooks) => express().use(['/webhooks', '/inbound'], createExpressHandler(hooks)),
};

const quiet = () => {};
const context = {
  logger: { debug: quiet, info: quiet, warn: quiet, error: (fields) => process.send({ fields }) },
  clock: { now: Date.now, schedule: schedule },
  correlate: async () => ({ status: 'started', processInstanceKey: '1' }),
  delivered: quiet,
  refused: quiet,
};

function schedule(ms, work) {
  const timer = setTimeout(() => work(), ms);
  return () => clearTimeout(timer);
}

const hooks = webhook({
  allowUnauthenticated: true,
  acceptCompressed: true,
  maxBodyBytes: 20_000,
  bodyTimeoutMs: 200,
});
const open = { 'inbound.auth.type': 'NONE', 'inbound.verificationExpression': '=null' };
await hooks.prepare({ ...open, 'inbound.context': 'orders' }).activate(context);
hooks.enter('active');

const timeouts = {
  headersTimeout: 300,
  requestTimeout: 1000,
  keepAliveTimeout: 200,
  connectionsCheckingInterval: 50,
};
const server = createServer(timeouts, listeners[process.argv[2]](hooks));
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));

process.on('message', () => {
  globalThis.gc();
  globalThis.gc();
  process.send({ heapUsed: process.memoryUsage().heapUsed });
});
