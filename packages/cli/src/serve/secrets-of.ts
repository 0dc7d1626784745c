import { resolve } from 'node:path';
import { environmentSecrets, type SecretProvider } from '@bpmn-connectors/sdk';
import type { Configuration } from '../configuration/configuration-schema.ts';
import { firstSecrets } from '../secrets/first-secrets.ts';
import { folderSecrets } from '../secrets/folder-secrets.ts';

/** Where secrets come from: the folder, where there is one, before the environment. */
export const secretsOf = (
  { secretsDir, secretPrefix }: Pick<Configuration, 'secretsDir' | 'secretPrefix'>,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): SecretProvider =>
  firstSecrets([
    ...(secretsDir === undefined ? [] : [folderSecrets(resolve(cwd, secretsDir))]),
    environmentSecrets(env, secretPrefix),
  ]);
