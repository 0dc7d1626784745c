import { runOnce } from './run-once.ts';
import { runUntilStopped } from './run-until-stopped.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const flags = process.argv.slice(2);
const unknown = flags.find((flag) => flag !== '--once');

// The stand-in asks for a signature and looks no further; with an endpoint of AWS these would be real.
process.env['AWS_ACCESS_KEY_ID'] ??= 'local';
process.env['AWS_SECRET_ACCESS_KEY'] ??= 'local';
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

try {
  if (unknown !== undefined) {
    process.stderr.write(`unknown flag ${unknown}: npm start, or npm start -- --once\n`);
    process.exitCode = 2;
  } else if (flags.length > 0) {
    say(JSON.stringify(await runOnce(say)));
  } else {
    await runUntilStopped(say);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  // What was started before the failure would keep the process alive.
  process.exit(1);
}
