import { join } from 'node:path';

const host = '127.0.0.1';

/** Everybody who calls may see all of the broker's tenants: there is no Identity beside it. */
const withTenants = {
  ZEEBE_BROKER_GATEWAY_MULTITENANCY_ENABLED: 'true',
  ZEEBE_BROKER_GATEWAY_INTERCEPTORS_0_ID: 'tenants',
  ZEEBE_BROKER_GATEWAY_INTERCEPTORS_0_CLASSNAME: 'TenantInterceptor',
  ZEEBE_BROKER_GATEWAY_FILTERS_0_ID: 'tenants',
  ZEEBE_BROKER_GATEWAY_FILTERS_0_CLASSNAME: 'TenantFilter',
};

/** The variables that put a broker on loopback, at five ports in a row, with little memory and disk. */
export const brokerEnvironment = (
  port: number,
  folder: string,
  hasTenants: boolean,
): NodeJS.ProcessEnv => ({
  ...process.env,
  ZEEBE_BROKER_NETWORK_HOST: host,
  ZEEBE_BROKER_GATEWAY_NETWORK_HOST: host,
  ZEEBE_BROKER_GATEWAY_NETWORK_PORT: String(port),
  ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT: String(port + 1),
  ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT: String(port + 2),
  ZEEBE_BROKER_CLUSTER_INITIALCONTACTPOINTS: `${host}:${port + 2}`,
  MANAGEMENT_SERVER_ADDRESS: host,
  MANAGEMENT_SERVER_PORT: String(port + 3),
  SERVER_ADDRESS: host,
  SERVER_PORT: String(port + 4),
  ZEEBE_BROKER_DATA_DIRECTORY: join(folder, 'data'),
  ZEEBE_BROKER_DATA_LOGSEGMENTSIZE: '32MB',
  ZEEBE_BROKER_EXPERIMENTAL_ROCKSDB_MEMORYLIMIT: '128MB',
  ZEEBE_BROKER_DATA_DISK_FREESPACE_PROCESSING: '200MB',
  ZEEBE_BROKER_DATA_DISK_FREESPACE_REPLICATION: '100MB',
  ...(hasTenants ? withTenants : {}),
});
