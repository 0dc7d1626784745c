import type { Problem } from '@bpmn-connectors/bpmn';
import { compile, FeelSyntaxError } from '@bpmn-connectors/feel';
import { findExpressions } from './find-expressions.ts';
import type { LoadedModel } from './read-models.ts';

/** Finds the expressions that are not FEEL. */
export function checkExpressions(models: readonly LoadedModel[]): readonly Problem[] {
  return models.flatMap(findExpressions).flatMap(({ where, source }): readonly Problem[] => {
    if (source.trim() === '') return [];
    try {
      compile(source);
      return [];
    } catch (error) {
      if (!(error instanceof FeelSyntaxError)) throw error;
      return [{ where, reason: error.message, fix: 'Mend the FEEL expression' }];
    }
  });
}
