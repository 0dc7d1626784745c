import type { EventBridgePlace } from '@bpmn-connectors/eventbridge/outbound';
import { writtenText } from './written-text.ts';

/** Where events of an element go, as far as the model says it. */
export interface WrittenPlace extends EventBridgePlace {
  /** Whether the bus, or one more, is only known to the job. */
  readonly hasOpenBuses: boolean;
}

type Inputs = Readonly<Record<string, string>>;

/** An object that is mapped as a whole is not looked into. */
const wholes = [
  'authentication',
  'configuration',
  'awsCredential',
  'awsCredential.authentication',
  'input',
];

/** Texts by their paths; undefined where one of them is FEEL over what only the process has. */
function textsAt(
  inputs: Inputs,
  names: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | undefined {
  const texts: Record<string, string> = {};
  for (const [name, path] of Object.entries(names)) {
    const source = inputs[path] ?? '';
    if (source.trim() === '') continue;
    const text = writtenText(source);
    if (text === undefined) return undefined;
    texts[name] = text;
  }
  return texts;
}

const credentialNames = (prefix: string): Readonly<Record<string, string>> => ({
  type: `${prefix}.type`,
  accessKey: `${prefix}.accessKey`,
  secretKey: `${prefix}.secretKey`,
  sessionToken: `${prefix}.sessionToken`,
});

function readAuthentication(
  inputs: Inputs,
  prefix: string,
): EventBridgePlace['authentication'] | undefined {
  const texts = textsAt(inputs, credentialNames(prefix));
  if (texts === undefined) return undefined;
  const { type, accessKey, secretKey, sessionToken } = texts;
  if (type === 'defaultCredentialsChain') return { type };
  if (accessKey === undefined || secretKey === undefined) return undefined;
  return {
    type: 'credentials',
    accessKey,
    secretKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}

function readBuses(inputs: Inputs): Pick<WrittenPlace, 'eventBusNames' | 'hasOpenBuses'> {
  const source = inputs['input.eventBusName'] ?? '';
  const bus = source.trim() === '' ? 'default' : writtenText(source);
  return {
    eventBusNames: bus === undefined ? [] : [bus],
    hasOpenBuses: bus === undefined || 'input.entries' in inputs,
  };
}

/**
 * Reads region, credentials and bus of an element's input mappings, whose secrets are resolved. Camunda's
 * credential configuration (`awsCredential`) comes before the element's own fields.
 * @returns undefined where region or credentials are only known to the job.
 */
export function readWrittenPlace(inputs: Inputs): WrittenPlace | undefined {
  if (wholes.some((path) => path in inputs)) return undefined;
  const isOfCredential = Object.keys(inputs).some((path) => path.startsWith('awsCredential.'));
  const [authenticationAt, regionAt] = isOfCredential
    ? ['awsCredential.authentication', 'awsCredential.region']
    : ['authentication', 'configuration.region'];
  const authentication = readAuthentication(inputs, authenticationAt);
  const configuration = textsAt(inputs, {
    region: regionAt,
    endpoint: 'configuration.endpoint',
  });
  if (authentication === undefined || configuration === undefined) return undefined;
  return { authentication, configuration, ...readBuses(inputs) };
}
