/** Whether a parsed card is that of a model of images: it says what is seen of them. */
export const isImageCard = (card: unknown): boolean =>
  typeof card === 'object' && card !== null && 'frame' in card;
