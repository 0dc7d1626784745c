export { type WebhookConnector, webhook } from './webhook.ts';
export { type WebhookCode, type WebhookCodeInfo, webhookCodes } from './webhook-codes.ts';
export { webhookDefinition } from './webhook-definition.ts';
export type { JwksOptions, WebhookOptions } from './webhook-options.ts';
