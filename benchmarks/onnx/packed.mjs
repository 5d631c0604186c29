/** Numbers with a shape, as a line of JSON carries them. */
export const packed = (shape, values) => ({
  shape: [...shape],
  values: Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64'),
});

/** The numbers of {@link packed}. */
export const arrayOf = ({ values }) =>
  new Float32Array(new Uint8Array(Buffer.from(values, 'base64')).buffer);
