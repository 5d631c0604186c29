import { cnnDescription, cnnTunedDescription } from './cnn.ts';
import type { NetworkDescription } from './define-network.ts';
import { kowalekDescription } from './kowalek.ts';
import { lipnetDescription } from './lipnet.ts';
import { multiscaleDescription } from './multiscale.ts';
import { resnetDescription } from './resnet.ts';
import { segmenterDescription } from './segmenter.ts';
import { wadnetDescription } from './wadnet.ts';
import { xresnetDescription } from './xresnet.ts';

/** Every network, in the order in which they are listed. */
export const networks: readonly NetworkDescription[] = [
  resnetDescription,
  xresnetDescription,
  wadnetDescription,
  multiscaleDescription,
  segmenterDescription,
  cnnDescription,
  cnnTunedDescription,
  kowalekDescription,
  lipnetDescription,
];
