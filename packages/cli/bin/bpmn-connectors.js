#!/usr/bin/env node
import { main } from '../dist/main.js';

// The AWS SDK would warn in the midst of the log lines about versions of Node to come.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
process.exitCode = await main(process.argv.slice(2));
// Whatever an engine module left open may not keep the process alive.
setTimeout(() => process.exit(), 1000).unref();
