/** What the script of this package's workers calls itself: the name under which it is exported. */
export const workerName = '@diffusion/features/worker';
