export type { InboundElement, InboundElementType, InboundMessage } from './inbound-element.ts';
export type { JobElement } from './job-element.ts';
export type { Problem } from './problem.ts';
