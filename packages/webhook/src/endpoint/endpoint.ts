import type { CompiledExpression } from '@bpmn-connectors/feel';
import type { InboundContext } from '@bpmn-connectors/sdk';
import type { Authenticator } from '../auth/authenticator.ts';
import type { WebhookMethod } from '../request/check-method.ts';
import type { RateLimit } from './create-rate-limit.ts';
import type { PayloadCheck } from './read-payload-schema.ts';

/** A webhook whose properties were found good. */
export interface Endpoint {
  readonly webhookId: string;
  readonly method: WebhookMethod;
  readonly authenticator: Authenticator;
  /** Bytes of a body, packed or unpacked, at most. */
  readonly maxBodyBytes: number;
  /** `inbound.verificationExpression`: answers the challenges by which senders check an address. */
  readonly verification?: CompiledExpression;
  readonly rateLimit?: RateLimit;
  readonly payloadCheck?: PayloadCheck;
}

/** A webhook that is served. */
export interface ActiveEndpoint extends Endpoint {
  readonly context: InboundContext;
}
