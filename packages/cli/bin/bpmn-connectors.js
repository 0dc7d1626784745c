#!/usr/bin/env node
import { main } from '../dist/main.js';

process.exitCode = await main(process.argv.slice(2));
// Whatever an engine module left open may not keep the process alive.
setTimeout(() => process.exit(), 1000).unref();
