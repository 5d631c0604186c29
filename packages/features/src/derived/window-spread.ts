/** Standard deviation (÷ w) of each w consecutive values, by two passes per window. */
export function windowSpread(values: Float64Array, w: number): Float64Array {
  const count = values.length - w + 1;
  const spread = new Float64Array(Math.max(0, count));
  for (let t = 0; t < count; t++) {
    let mean = 0;
    for (let i = t; i < t + w; i++) mean += values[i] - values[t];
    mean = values[t] + mean / w;
    let square = 0;
    for (let i = t; i < t + w; i++) square += (values[i] - mean) * (values[i] - mean);
    spread[t] = Math.sqrt(square / w);
  }
  return spread;
}
