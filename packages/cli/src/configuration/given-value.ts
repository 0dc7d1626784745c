import type { Option } from './option.ts';
import type { Structure } from './structure-schema.ts';

/** A value for an option and where it was given, for messages. */
export interface GivenValue {
  readonly key: Option['key'];
  readonly value: unknown;
  /** `--port`, `BPMN_CONNECTORS_PORT`, `bpmn-connectors.config.json: port`. */
  readonly source: string;
}

/** What one source gave, with what is wrong about it. */
export interface GivenValues {
  readonly values: readonly GivenValue[];
  /** One line each. */
  readonly problems: readonly string[];
  /** Of the file alone. */
  readonly structure?: Structure;
}
