export { createEngine, type Engine } from './create-engine.ts';
export type { EngineLimits, EngineOptions } from './engine-options.ts';
