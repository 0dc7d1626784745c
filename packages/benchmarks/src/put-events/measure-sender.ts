import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { SenderName } from './senders.ts';

/** One run of one sender. */
export interface SenderMeasurement {
  readonly perSecond: number;
  /** CPU of the sender's process alone, milliseconds an event. */
  readonly cpuMs: number;
  /** From the start of the process to the first event's answer. */
  readonly firstEventMs: number;
}

const ListeningSchema = z.object({ port: z.number() });
const TakenSchema = z.object({ taken: z.number() });
const SentSchema = z.object({
  firstEventMs: z.number(),
  sent: z.number(),
  total: z.number(),
  cpuMs: z.number(),
  elapsedMs: z.number(),
});

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

async function receive<Schema extends z.ZodType>(
  child: ChildProcess,
  schema: Schema,
): Promise<z.output<Schema>> {
  const [message]: unknown[] = await once(child, 'message');
  return schema.parse(message);
}

/**
 * Lets a sender send for some seconds; 0: one event only.
 * @throws {Error} an event is not at the endpoint: then the figure is worth nothing.
 */
export async function measureSender(name: SenderName, seconds: number): Promise<SenderMeasurement> {
  const endpoint = fork(script('./endpoint.js'));
  const { port } = await receive(endpoint, ListeningSchema);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [script('./send-events.js'), name, `http://127.0.0.1:${port}`, String(seconds)],
    { env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' } },
  );
  const { sent, total, cpuMs, elapsedMs, firstEventMs } = SentSchema.parse(JSON.parse(stdout));
  endpoint.send('taken');
  const { taken } = await receive(endpoint, TakenSchema);
  endpoint.disconnect();
  await once(endpoint, 'exit');
  if (taken !== total) throw new Error(`${name}: ${total} sent, ${taken} taken in`);
  return { perSecond: (sent * 1000) / elapsedMs, cpuMs: cpuMs / sent, firstEventMs };
}
