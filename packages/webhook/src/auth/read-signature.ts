import { parseDuration } from '@bpmn-connectors/sdk';
import type { ProblemCollector } from '../endpoint/collect-problems.ts';
import type { Authenticator } from './authenticator.ts';
import { readValues } from './read-values.ts';
import { signatureSchemes } from './signature/schemes.ts';
import { signatureAuthentication } from './signature/signature-authentication.ts';
import type { SignatureScheme } from './signature/signature-scheme.ts';

type Properties = Readonly<Record<string, string>>;

const defaultToleranceMs = 300_000;

/** Whether the model names a sender whose signature is to be checked. */
export function wantsSignature(properties: Properties): boolean {
  const name = (properties['inbound.signature.scheme'] ?? '').trim().toLowerCase();
  return name !== '' && name !== 'none';
}

/** Makes the check of the properties `inbound.signature.*`. */
export function readSignature(
  properties: Properties,
  problems: ProblemCollector,
): Authenticator | undefined {
  const name = (properties['inbound.signature.scheme'] ?? '').trim().toLowerCase();
  const scheme = signatureSchemes.find((one) => one.name === name);
  if (scheme === undefined) {
    const known = signatureSchemes.map((one) => one.name).join(', ');
    problems.add('inbound.signature.scheme', 'no such signature is known', `Use ${known}`);
    return undefined;
  }
  const secrets = readSecrets(properties, scheme, problems);
  const toleranceMs = readTolerance(properties, scheme, problems);
  if (secrets === undefined || toleranceMs === undefined) return undefined;
  const keys = secrets.flatMap((secret) => scheme.keyOf(secret) ?? []);
  return signatureAuthentication({ scheme, secrets, keys, toleranceMs });
}

function readSecrets(
  properties: Properties,
  scheme: SignatureScheme,
  problems: ProblemCollector,
): readonly string[] | undefined {
  const name = 'inbound.signature.secret';
  const secrets = readValues(properties, name, problems);
  if (secrets === undefined) return undefined;
  const fix = `Set ${scheme.secretForm}, or a list of such: a rotation without a gap`;
  if (secrets.length === 0) problems.add(name, 'it is missing', fix);
  else if (secrets.some((secret) => scheme.keyOf(secret) === undefined)) {
    problems.add(name, `it is no secret of ${scheme.name}`, fix);
  } else return secrets;
  return undefined;
}

function readTolerance(
  properties: Properties,
  scheme: SignatureScheme,
  problems: ProblemCollector,
): number | undefined {
  const name = 'inbound.signature.tolerance';
  const text = (properties[name] ?? '').trim();
  if (text === '') return defaultToleranceMs;
  const toleranceMs = parseDuration(text);
  if (toleranceMs === undefined || toleranceMs <= 0) {
    problems.add(name, 'it is no duration of ISO 8601', 'Write minutes as in PT5M');
    return undefined;
  }
  if (scheme.isTimed) return toleranceMs;
  problems.add(name, `signatures of ${scheme.name} have no time`, 'Remove it');
  return undefined;
}
