import type { GivenValues } from './given-value.ts';
import { options } from './option.ts';
import { unknownName } from './unknown-name.ts';

/** Names the configuration file, as `--config` does. */
export const configVariable = 'BPMN_CONNECTORS_CONFIG';

/** Ours, but read by the process runtime on Camunda 8, beside Camunda's own. */
const ofCluster = 'BPMN_CONNECTORS_CAMUNDA8_ELEMENTS';

/** Reads `BPMN_CONNECTORS_*`. An empty variable is as good as none. */
export function readVariables(env: Readonly<Record<string, string | undefined>>): GivenValues {
  const known = [...options.map(({ variable }) => variable), configVariable, ofCluster];
  return {
    values: options.flatMap(({ key, variable }) => {
      const value = env[variable];
      return value === undefined || value === '' ? [] : [{ key, value, source: variable }];
    }),
    problems: Object.keys(env)
      .filter((name) => name.startsWith('BPMN_CONNECTORS_') && !known.includes(name))
      .map((name) => unknownName('environment variable', name, known)),
  };
}
