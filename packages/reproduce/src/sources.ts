import type { Source } from './item.ts';

/** What each source is called in full. */
export const sources: Readonly<Record<Source, string>> = {
  gajowczyk2021:
    'M. Gajowczyk, J. Szwabiński, Detection of Anomalous Diffusion with Deep Residual Networks, Entropy 23, 649 (2021)',
  wadnet2021:
    'D. Li, Q. Yao, Z. Huang, WaveNet-Based Deep Neural Networks for the Characterization of Anomalous Diffusion (WADNet), arXiv:2106.08887 (2021)',
  lipnet2016:
    'S. Gryshkevych, Convolutional neural networks for classification of transmission electron microscopy imagery, thesis, Uppsala University (2016)',
  benitez2023:
    'A. Benitez, AnomalousDiffusion, code of a King’s Undergraduate Research Fellowship, https://github.com/alex-benitez/AnomalousDiffusion (2023)',
};
