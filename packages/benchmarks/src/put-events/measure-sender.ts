import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { SenderName } from './senders.ts';
import { startEndpoint } from './start-endpoint.ts';

/** One run of one sender. */
export interface SenderMeasurement {
  readonly perSecond: number;
  /** CPU of the sender's process alone, milliseconds an event. */
  readonly cpuMs: number;
  /** From the start of the process to the first event's answer. */
  readonly firstEventMs: number;
}

const SentSchema = z.object({
  firstEventMs: z.number(),
  sent: z.number(),
  total: z.number(),
  cpuMs: z.number(),
  elapsedMs: z.number(),
});

const program = fileURLToPath(new URL('./send-events.js', import.meta.url));

/**
 * Lets a sender send for some seconds; 0: one event only.
 * @throws {Error} an event is not at the endpoint: then the figure is worth nothing.
 */
export async function measureSender(name: SenderName, seconds: number): Promise<SenderMeasurement> {
  const endpoint = await startEndpoint();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, name, endpoint.url, String(seconds)],
    { env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' } },
  );
  const { sent, total, cpuMs, elapsedMs, firstEventMs } = SentSchema.parse(JSON.parse(stdout));
  const taken = await endpoint.end();
  if (taken !== total) throw new Error(`${name}: ${total} sent, ${taken} taken in`);
  return { perSecond: (sent * 1000) / elapsedMs, cpuMs: cpuMs / sent, firstEventMs };
}
