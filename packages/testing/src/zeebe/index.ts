export { freePorts } from './free-ports.ts';
export type { ZeebeKind } from './install-zeebe.ts';
export { startZeebe, type Zeebe, type ZeebeOptions } from './start-zeebe.ts';
