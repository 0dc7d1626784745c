import type { Problem } from '@bpmn-connectors/bpmn';
import type { Configuration } from '../configuration/configuration-schema.ts';
import { isLoopback } from './is-loopback.ts';

/** Beyond loopback the management API is never without a token. */
export const checkManagement = (configuration: Configuration): readonly Problem[] =>
  isLoopback(configuration.managementHost) || configuration.managementToken !== undefined
    ? []
    : [
        {
          where: '--management-host',
          reason: `others could use the management API on ${configuration.managementHost}`,
          fix: 'Set BPMN_CONNECTORS_MANAGEMENT_TOKEN, or listen on 127.0.0.1',
        },
      ];
