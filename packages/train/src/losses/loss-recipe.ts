/** What a training makes small. */
export interface LossRecipe {
  /**
   * Of classes: cross-entropy −Σ yₖ ln pₖ, if left out; the mean squared error of the probabilities, which sources A, B and D
   * call MSE; or the focal loss −Σ yₖ (1 − pₖ)^γ ln pₖ (Lin et al., arXiv:1708.02002).
   */
  readonly classes?: 'cross-entropy' | 'mse' | 'focal';
  /** γ of the focal loss, 2 if left out. */
  readonly gamma?: number;
  /** Probability taken from the right class and spread over all; 0 if left out. Validation knows nothing of it. */
  readonly labelSmoothing?: number;
  /**
   * Weight of the tracks of each class by its name, 1 if left out; the loss of a batch is Σ wᵢ lᵢ / Σ wᵢ, as PyTorch has it.
   * Validation knows nothing of it.
   */
  readonly classWeights?: Readonly<Record<string, number>>;
  /**
   * Of exponents, with the error e: mean absolute error, if left out; mean squared error; Huber's, e²/2 within `delta` and
   * δ(|e| − δ/2) beyond; or the negative log likelihood ln σ + e²/2σ² + ln √2π of a normal law whose σ the network predicts
   * beside α (an output with `spread`).
   */
  readonly exponent?: 'mae' | 'mse' | 'huber' | 'gaussian';
  /** δ of Huber's loss, 1 if left out. */
  readonly delta?: number;
  /** Weight of the exponent's loss beside that of the classes; 1.5 if left out, of points 0.5. */
  readonly exponentWeight?: number;
  /** Of points: weight of the cross-entropy of the states, 4 if left out. */
  readonly stateWeight?: number;
  /** Of points: weight of ln K, 0.25 if left out. */
  readonly diffusionWeight?: number;
  /** Of points: weight of the cross-entropy of a change; 40 if left out. */
  readonly changeWeight?: number;
}
