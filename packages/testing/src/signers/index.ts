export {
  type SignatureScheme,
  type Signed,
  signRequest,
  type UnsignedRequest,
} from './sign-request.ts';
