export { examineKeySet, type KeySetReport } from './auth/examine-key-set.ts';
export {
  type AuthenticationFieldOptions,
  authenticationFields,
} from './properties/authentication-fields.ts';
export { endpointFields } from './properties/endpoint-fields.ts';
export { limitFields } from './properties/limit-fields.ts';
export { type WebhookConnector, webhook } from './webhook.ts';
export { type WebhookCode, type WebhookCodeInfo, webhookCodes } from './webhook-codes.ts';
export { webhookDefinition } from './webhook-definition.ts';
export type { JwksOptions, WebhookOptions } from './webhook-options.ts';
