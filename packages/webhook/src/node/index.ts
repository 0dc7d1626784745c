export { createNodeHandler, type NodeHandlerOptions } from './create-node-handler.ts';
