import type { NetworkDescription } from './options.ts';
import { resnetDescription } from './resnet.ts';
import { xresnetDescription } from './xresnet.ts';

export * from './layers/register.ts';
export * from './options.ts';
export * from './resnet.ts';
export * from './xresnet.ts';

/** Every network, in the order in which they are listed. */
export const networks: readonly NetworkDescription[] = [resnetDescription, xresnetDescription];
