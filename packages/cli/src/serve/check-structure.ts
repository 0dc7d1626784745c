import type { Problem } from '@bpmn-connectors/bpmn';
import type { Configuration } from '../configuration/configuration-schema.ts';
import type { Structure } from '../configuration/structure-schema.ts';

/** Finds what of endpoints, target and engine does not go together. */
export function checkStructure(
  { endpoints, forward }: Structure,
  { engine }: Configuration,
): readonly Problem[] {
  const problems: Problem[] = [];
  if (engine === 'forward' && forward === undefined) {
    problems.push({
      where: 'forward',
      reason: 'it is missing: nothing says where events go',
      fix: 'Name one of eventBridge, http, print in the configuration file: "forward": {"print": true}',
    });
  }
  if (engine !== 'forward' && forward !== undefined) {
    problems.push({
      where: 'forward',
      reason: `events go to the engine, ${engine}`,
      fix: 'Set "engine": "forward", or remove it',
    });
  }
  if (engine === 'embedded' && endpoints !== undefined) {
    problems.push({
      where: 'endpoints',
      reason: 'the embedded engine takes its endpoints from models',
      fix: 'Set "engine": "forward", or one of your own: "./my-engine.js"',
    });
  }
  return problems;
}
