export type { AskRecords, ZeebeRecord, ZeebeRecordType } from './create-ask-records.ts';
export { freePorts } from './free-ports.ts';
export { startZeebe, type Zeebe, type ZeebeOptions } from './start-zeebe.ts';
export type { ZeebeKind } from './zeebe-kind.ts';
