import type { CompiledExpression } from '@bpmn-connectors/feel';
import type { ActivatedElement, DeployedInboundElement } from '@bpmn-connectors/sdk';
import type { ResultMapping } from '../expressions/map-result.ts';
import type { Deduplication } from './deduplication.ts';

/** An inbound element with its expressions compiled. */
export interface CompiledElement {
  readonly element: DeployedInboundElement;
  /** What connectors get of it. */
  readonly activated: ActivatedElement;
  /** Absent: always activated. */
  readonly condition: CompiledExpression | undefined;
  readonly correlationKey: CompiledExpression | undefined;
  readonly messageId: CompiledExpression | undefined;
  readonly result: ResultMapping;
  /** `consumeUnmatchedEvents`; undefined where the model does not say. */
  readonly consume: boolean | undefined;
  /** `messageTtl` in milliseconds; undefined where the model does not say. */
  readonly timeToLiveMs: number | undefined;
  /** `synchronousResponse`: correlate now and answer with the instance's result. */
  readonly synchronous: boolean;
  /** `inbound.deduplicateRedeliveries`. */
  readonly deduplicate: boolean;
  /** Which elements share its endpoint. */
  readonly deduplication: Deduplication;
  /** Elements with the same text do the same with an event, so that either may take it. */
  readonly effect: string;
}
