export { createExpressHandler } from './create-express-handler.ts';
