/** What the script of the workers that estimate calls itself: the name under which it is exported. */
export const estimatesWorkerName = '@diffusion/features/estimates-worker';
