import { type WebhookConnector, type WebhookOptions, webhook } from '../../src/index.ts';
import { type FakeContext, fakeContext } from './fake-context.ts';

export type Properties = Readonly<Record<string, string>>;

export interface ServedWebhook {
  readonly hooks: WebhookConnector;
  readonly context: FakeContext;
}

/** A connector with one active webhook, `orders`. */
export async function servedWebhook(
  properties: Properties = { 'inbound.auth.type': 'NONE' },
  context: FakeContext = fakeContext(),
  options: WebhookOptions = {},
): Promise<ServedWebhook> {
  const hooks = webhook({ allowUnauthenticated: true, ...options });
  const endpoint = hooks.prepare({ 'inbound.context': 'orders', ...properties });
  await endpoint.activate(context);
  hooks.enter('active');
  return { hooks, context };
}
