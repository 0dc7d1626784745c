import { once } from 'node:events';
import { join } from 'node:path';
import type { Telemetry } from '@bpmn-connectors/sdk';
import { curlLine } from './curl-line.ts';
import { reportEnds } from './report-ends.ts';
import { orderCreated, shipmentReceived } from './sample-events.ts';
import { startOrderShipping } from './start-order-shipping.ts';

/** Starts the example, says what can be done with it, and stays until Ctrl-C. */
export async function runUntilStopped(say: (line: string) => void): Promise<void> {
  const data = join('data', 'order-shipping');
  const port = Number(process.env['PORT'] ?? 8080);
  const loop = await startOrderShipping({ data, port, telemetry: narrate(say) });
  const { webhooks } = loop;
  say(`
order-shipping runs. Its state is in ${data}: stop it and start it again, it goes on where it was.

An event starts the process (paste it into another terminal):
  ${curlLine(`${webhooks}/orders`, orderCreated)}

The process then puts shipment_requested on the local bus and waits for the shipment's event:
  ${curlLine(`${webhooks}/shipments`, shipmentReceived)}

The same event a second time starts nothing: its id is known for 25 hours. Ctrl-C ends.
`);
  const stopReporting = await reportEnds(loop.engine, say);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  stopReporting();
  await loop.close();
  say('stopped');
}

const narrate = (say: (line: string) => void): Telemetry => ({
  delivery: ({ endpoint, outcome, processInstanceKey, status }) =>
    say(
      `→ ${endpoint}: ${outcome}${processInstanceKey === undefined ? '' : ` instance ${processInstanceKey}`} (HTTP ${status})`,
    ),
  job: ({ elementId, type, action }) => say(`← ${elementId}: job ${type} ${action}`),
});
