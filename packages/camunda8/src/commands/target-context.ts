import type { Gateway } from '../gateway/gateway.ts';
import type { CorrelateMessage } from '../rest/create-correlate.ts';

/** What commands are sent with. */
export interface TargetContext {
  readonly gateway: Gateway;
  /** Of commands that name none. */
  readonly tenantId: string | undefined;
  /** Correlates over REST; absent where no REST address is known. */
  readonly correlate: CorrelateMessage | undefined;
}
