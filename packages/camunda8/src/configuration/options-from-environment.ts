import { ConfigurationError } from '@bpmn-connectors/sdk';
import type { Camunda8Settings } from './camunda8-settings.ts';
import { type EnvironmentTopic, environmentNames } from './environment-names.ts';
import { readAuth } from './read-auth.ts';
import { resolveSettings } from './resolve-settings.ts';

/** Variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that is set. */
interface Setting {
  readonly name: string;
  readonly value: string;
}

/** Finds what a topic is set to; blank counts as not set. */
export type FindSetting = (topic: EnvironmentTopic) => Setting | undefined;

const findIn =
  (env: Environment): FindSetting =>
  (topic) => {
    for (const name of environmentNames[topic]) {
      const value = env[name]?.trim();
      if (value !== undefined && value !== '') return { name, value };
    }
    return undefined;
  };

const isTrue = (setting: Setting | undefined): boolean => setting?.value.toLowerCase() === 'true';
const isFalse = (setting: Setting | undefined): boolean => setting?.value.toLowerCase() === 'false';

const problem = (name: string, reason: string, fix: string): ConfigurationError =>
  new ConfigurationError([{ where: `environment / ${name}`, reason, fix }]);

/** Camunda's cloud is told by the id of the cluster and its region. */
function cloudAddresses(find: FindSetting): Camunda8Settings {
  const [cluster, region] = [find('clusterId'), find('region')];
  if (cluster === undefined) return {};
  if (region === undefined)
    throw problem(cluster.name, 'the region is missing', 'Set CAMUNDA_CLUSTER_REGION, as bru-2');
  return {
    grpcAddress: `grpcs://${cluster.value}.${region.value}.zeebe.camunda.io:443`,
    restAddress: `https://${region.value}.zeebe.camunda.io/${cluster.value}`,
  };
}

/** Older names hold an address without a scheme, and say beside it whether it is secure. */
function withScheme(address: string, find: FindSetting): string {
  if (address.includes('://')) return address;
  const isCloud = /\.camunda\.io(?::\d+)?$|:443$/.test(address);
  const isPlain = isTrue(find('insecure')) || isFalse(find('secure'));
  const isSecure = !isPlain && (isCloud || isTrue(find('secure')) || isFalse(find('insecure')));
  return `${isSecure ? 'grpcs' : 'grpc'}://${address}`;
}

function readElements(find: FindSetting): Camunda8Settings['elements'] {
  const given = find('elements');
  if (given === undefined) return undefined;
  const value = given.value.toLowerCase();
  if (value === 'deployed' || value === 'cluster') return value;
  const folder = /^folder:(.+)$/i.exec(given.value)?.[1];
  if (folder !== undefined) return { folder };
  const fix = 'Use deployed, cluster or folder:PATH';
  throw problem(given.name, `${given.value} is none of the three`, fix);
}

async function readTls(
  find: FindSetting,
  readFile: (path: string) => Promise<Uint8Array>,
): Promise<NonNullable<Camunda8Settings['tls']> | undefined> {
  const read = async (topic: EnvironmentTopic): Promise<Uint8Array | undefined> => {
    const path = find(topic);
    if (path === undefined) return undefined;
    try {
      return await readFile(path.value);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      throw problem(path.name, `the file cannot be read: ${reason}`, 'Name a PEM file');
    }
  };
  const text = find('rootCertificatesText');
  const written = text === undefined ? undefined : new TextEncoder().encode(text.value);
  const rootCertificates = (await read('rootCertificates')) ?? written;
  const [certificateChain, privateKey] = [await read('certificateChain'), await read('privateKey')];
  const tls = {
    ...(rootCertificates === undefined ? {} : { rootCertificates }),
    ...(certificateChain === undefined ? {} : { certificateChain }),
    ...(privateKey === undefined ? {} : { privateKey }),
  };
  return Object.keys(tls).length === 0 ? undefined : tls;
}

/**
 * Settings from the variables that Camunda's own clients read (`ZEEBE_…`, `CAMUNDA_…`), so that one set of
 * them serves both. Without any: `grpc://127.0.0.1:26500`, no credentials.
 * @param readFile reads certificates.
 * @throws {ConfigurationError} naming the variable, the reason and the fix; never its value.
 * @example
 * const camunda8 = createCamunda8({ ...(await optionsFromEnvironment(process.env, readFile)), journal });
 */
export async function optionsFromEnvironment(
  env: Environment,
  readFile: (path: string) => Promise<Uint8Array>,
): Promise<Camunda8Settings> {
  const find = findIn(env);
  const cloud = cloudAddresses(find);
  const address = find('grpcAddress');
  const restAddress = find('restAddress')?.value ?? cloud.restAddress;
  const [tenant, worker, tls] = [
    find('tenantId'),
    find('workerName'),
    await readTls(find, readFile),
  ];
  const elements = readElements(find);
  const grpcAddress = address === undefined ? cloud.grpcAddress : withScheme(address.value, find);
  const settings: Camunda8Settings = {
    auth: readAuth(find, cloud.grpcAddress !== undefined),
    ...(grpcAddress === undefined ? {} : { grpcAddress }),
    ...(restAddress === undefined ? {} : { restAddress }),
    ...(tenant === undefined ? {} : { tenantId: tenant.value }),
    ...(worker === undefined ? {} : { workerName: worker.value }),
    ...(tls === undefined ? {} : { tls }),
    ...(elements === undefined ? {} : { elements }),
  };
  resolveSettings(settings);
  return settings;
}
