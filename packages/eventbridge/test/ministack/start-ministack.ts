import { join } from 'node:path';
import { installFromPypi } from './install-from-pypi.ts';
import { type RunningProgram, startProgram } from './start-program.ts';

/** Starts MiniStack (MIT), an EventBridge that this project had no part in. */
export const startMinistack = async (): Promise<RunningProgram> =>
  startProgram({
    command: await installFromPypi('ministack', '1.5.33'),
    parameters: () => ['-m', 'ministack'],
    environment: (port, home) => ({
      STATE_DIR: join(home, 'state'),
      S3_DATA_DIR: join(home, 's3'),
      // By default it listens on all addresses, and looks for Docker.
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      DOCKER_HOST: 'unix:///nonexistent',
      GATEWAY_PORT: port,
      SERVICES: 'events,secretsmanager',
    }),
    health: '/_ministack/health',
  });
