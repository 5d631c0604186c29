// What is compared: networks, and how their images are balanced and augmented; `svm` stands beside them.
import { liposomeAugmentation } from '@diffusion/train';

const { rotation, shift, flip, shear, zoom } = liposomeAugmentation;
const lipnet4 = { variant: '4', balance: true };

export const networks = {
  plain: { variant: '4', balance: false },
  augmented: { variant: '4', balance: false, augment: liposomeAugmentation },
  balanced: { ...lipnet4, augment: liposomeAugmentation },
  // Figure 17 of the thesis: one transformation after the other; and zoom alone, table 6.
  oversampled: lipnet4,
  rotation: { ...lipnet4, augment: { rotation } },
  shift: { ...lipnet4, augment: { rotation, shift } },
  flip: { ...lipnet4, augment: { rotation, shift, flip } },
  shear: { ...lipnet4, augment: { rotation, shift, flip, shear } },
  zoom: { ...lipnet4, augment: { zoom } },
  // Figures 18 and 19: the other networks, balanced.
  'lipnet-1': { variant: '1', balance: true, augment: liposomeAugmentation },
  'lipnet-2': { variant: '2', balance: true, augment: liposomeAugmentation },
  'lipnet-4c': { variant: '4c', balance: true, augment: liposomeAugmentation },
  'lipnet-6': { variant: '6', balance: true, augment: liposomeAugmentation },
};

/** How tables and pictures call them. */
export const names = {
  plain: 'LipNet-4, neither',
  augmented: 'LipNet-4, augmented alone',
  oversampled: 'LipNet-4, oversampled alone',
  rotation: 'LipNet-4, oversampled, rotation',
  shift: 'LipNet-4, … and shift',
  flip: 'LipNet-4, … and flips',
  shear: 'LipNet-4, … and shear',
  zoom: 'LipNet-4, oversampled, zoom alone',
  balanced: 'LipNet-4, oversampled and augmented',
  'lipnet-1': 'LipNet-1, oversampled and augmented',
  'lipnet-2': 'LipNet-2, oversampled and augmented',
  'lipnet-4c': 'LipNet-4c, oversampled and augmented',
  'lipnet-6': 'LipNet-6, oversampled and augmented',
  svm: 'support vector machine on features',
};
