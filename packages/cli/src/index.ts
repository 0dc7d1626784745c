export type { Configuration, ConfigurationInput } from './configuration/configuration-schema.ts';
export { UsageError } from './configuration/usage-error.ts';
export type { Io, Output } from './io/io.ts';
export { main } from './main.ts';
export type { CreateProcessRuntime, ProcessRuntimeOptions } from './serve/load-engine.ts';
export { serve } from './serve/serve.ts';
export type { ServeOptions } from './serve/serve-options.ts';
export type { Server } from './serve/server.ts';
