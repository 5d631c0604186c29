export { BackendError } from './backend-error.ts';
export {
  type BackendName,
  type BackendOptions,
  type BackendReport,
  useBackend,
} from './use-backend.ts';
