/** A worker of Node (`worker_threads`) or of the Web, as far as it is used here. */
export interface AnyWorker {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  terminate(): unknown;
}
