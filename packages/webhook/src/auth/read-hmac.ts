import type { ProblemCollector } from '../endpoint/collect-problems.ts';
import type { Authenticator } from './authenticator.ts';
import { type HmacRules, hmacAuthentication } from './hmac-authentication.ts';
import { readHmacScope } from './hmac-scope.ts';
import { readValues } from './read-values.ts';

type Properties = Readonly<Record<string, string>>;

const algorithms: Readonly<Record<string, HmacRules['algorithm']>> = {
  sha_1: 'sha1',
  sha_256: 'sha256',
  sha_512: 'sha512',
};
/** A header's name (RFC 9110, section 5.1). */
const fieldName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Whether the model wants signatures to be verified. */
export const wantsHmac = (properties: Properties, problems: ProblemCollector): boolean => {
  const switched = (properties['inbound.shouldValidateHmac'] ?? '').trim().toLowerCase();
  if (switched !== '' && switched !== 'enabled' && switched !== 'disabled') {
    problems.add(
      'inbound.shouldValidateHmac',
      'it is neither enabled nor disabled',
      'Use enabled or disabled',
    );
  }
  return switched === 'enabled';
};

/** Makes HMAC verification of the properties `inbound.hmac*`. */
export function readHmac(
  properties: Properties,
  problems: ProblemCollector,
): Authenticator | undefined {
  const secrets = readValues(properties, 'inbound.hmacSecret', problems);
  if (secrets?.length === 0) {
    problems.add(
      'inbound.hmacSecret',
      'it is missing',
      'Set the secret that the sender signs with',
    );
  }
  const header = readHeader(properties, problems);
  const algorithm = readAlgorithm(properties, problems);
  const scope = readHmacScope(properties, problems);
  if (secrets === undefined || secrets.length === 0) return undefined;
  if (header === undefined || algorithm === undefined || scope === undefined) return undefined;
  return hmacAuthentication({ secrets, header, algorithm, scope });
}

function readHeader(properties: Properties, problems: ProblemCollector): string | undefined {
  const name = 'inbound.hmacHeader';
  const values = readValues(properties, name, problems);
  if (values === undefined) return undefined;
  const header = values[0]?.trim().toLowerCase() ?? '';
  if (values.length === 1 && fieldName.test(header)) return header;
  problems.add(
    name,
    'it is missing or no name of a header',
    'Set the header with the signature: X-Hub-Signature-256',
  );
  return undefined;
}

function readAlgorithm(
  properties: Properties,
  problems: ProblemCollector,
): HmacRules['algorithm'] | undefined {
  const name = 'inbound.hmacAlgorithm';
  const written = (properties[name] ?? '').trim().toLowerCase();
  const algorithm = Object.hasOwn(algorithms, written) ? algorithms[written] : undefined;
  if (algorithm === undefined) {
    problems.add(name, 'it is missing or not known', `Use ${Object.keys(algorithms).join(', ')}`);
  }
  return algorithm;
}
