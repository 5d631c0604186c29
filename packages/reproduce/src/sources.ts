import type { Source } from './item.ts';

/** What each source is called in full. */
export const sources: Readonly<Record<Source, string>> = {
  gajowczyk2021:
    'M. Gajowczyk, J. Szwabiński, Detection of Anomalous Diffusion with Deep Residual Networks, Entropy 23, 649 (2021)',
  wadnet2021:
    'D. Li, Q. Yao, Z. Huang, WaveNet-Based Deep Neural Networks for the Characterization of Anomalous Diffusion (WADNet) (2021)',
  lipnet2016:
    'N. Gryshkevych, thesis on convolutional networks for TEM images of liposomes (LipNet) (2016)',
  benitez2023:
    'A. Benitez, AnomalousDiffusion: a grid of convolutional networks and what they look at (2023)',
};
