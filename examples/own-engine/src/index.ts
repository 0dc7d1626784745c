import { randomUUID } from 'node:crypto';
import { startExample } from './start-example.ts';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const key = process.env['SECRET_WEBHOOK_KEY'] ?? randomUUID();
const endpoint = process.env['EVENTBRIDGE_ENDPOINT'];

const example = await startExample({
  port: Number(process.env['PORT'] ?? 8080),
  environment: { ...process.env, SECRET_WEBHOOK_KEY: key },
  ...(endpoint === undefined ? {} : { eventBridge: { endpoint } }),
  ended: (variables) => say(`order ended: ${JSON.stringify(variables)}`),
  failed: (error) => say(`failed: ${error instanceof Error ? error.message : String(error)}`),
});
say(`orders come in at ${example.url}/orders, shipments at ${example.url}/shipments, for example`);
say(`curl ${example.url}/orders -H 'apikey: ${key}' -H 'content-type: application/json' \\`);
say(`  -d '{"detail":{"order_id":"1"}}'`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void example.close());
}
