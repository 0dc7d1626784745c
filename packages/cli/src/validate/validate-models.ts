import { findModelFiles } from '../check/find-model-files.ts';
import type { Configuration } from '../configuration/configuration-schema.ts';
import type { Io } from '../io/io.ts';
import { checkBeforeStart } from '../serve/check-before-start.ts';
import { secretsOf } from '../serve/secrets-of.ts';
import { adviseModels } from './advise-models.ts';
import { errors, type Finding } from './finding.ts';

/** What is validated against what. */
export interface ValidateOptions {
  readonly paths: readonly string[];
  readonly configuration: Configuration;
  /** Job types that others work. */
  readonly otherJobTypes: readonly string[];
}

/** Finds everything that would fail at deployment or first use, and what an author should know. */
export async function validateModels(
  { paths, configuration, otherJobTypes }: ValidateOptions,
  { env, cwd }: Pick<Io, 'env' | 'cwd'>,
): Promise<readonly Finding[]> {
  const found = await findModelFiles(paths, cwd);
  const secrets = secretsOf(configuration, env, cwd);
  const { problems, ...elements } = await checkBeforeStart(found.resources, configuration, secrets);
  return [
    ...errors([...found.problems, ...problems]),
    ...(await adviseModels({ ...elements, configuration, otherJobTypes })),
  ];
}
