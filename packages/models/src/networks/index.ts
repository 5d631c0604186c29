import { cnnDescription, cnnTunedDescription } from './cnn.ts';
import type { NetworkDescription } from './description.ts';
import { kowalekDescription } from './kowalek.ts';
import { lipnetDescription } from './lipnet.ts';
import { multiscaleDescription } from './multiscale.ts';
import { resnetDescription } from './resnet.ts';
import { wadnetDescription } from './wadnet.ts';
import { xresnetDescription } from './xresnet.ts';

export * from './chosen-options.ts';
export * from './cnn.ts';
export * from './cnn-grid.ts';
export * from './description.ts';
export * from './kowalek.ts';
export * from './layers/register.ts';
export * from './lipnet.ts';
export * from './multiscale.ts';
export * from './parameter-count.ts';
export type { ResidualOptions } from './residual.ts';
export * from './resnet.ts';
export { classesAlone, classesOf } from './task-options.ts';
export * from './wadnet.ts';
export * from './wadnet-bank.ts';
export * from './xresnet.ts';

/** Every network, in the order in which they are listed. */
export const networks: readonly NetworkDescription[] = [
  resnetDescription,
  xresnetDescription,
  wadnetDescription,
  multiscaleDescription,
  cnnDescription,
  cnnTunedDescription,
  kowalekDescription,
  lipnetDescription,
];
