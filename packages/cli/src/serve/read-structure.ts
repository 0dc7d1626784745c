import { ConfigurationError } from '@bpmn-connectors/sdk';
import {
  type Structure,
  type StructureInput,
  structureSchema,
} from '../configuration/structure-schema.ts';

/** @throws {ConfigurationError} with everything that is wrong about endpoints and target. */
export function readStructure(given: StructureInput): Structure {
  const parsed = structureSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(
    parsed.error.issues.map(({ path, message }) => ({
      where: ['serve', ...path.map(String)].join(' / '),
      reason: message,
      fix: 'See "A receiver without BPMN" in the README',
    })),
  );
}
