let path = new Float64Array(0);

/** Room for a true path, of which there is one at a time; what is in it means nothing. */
export function scratchPath(numbers: number): Float64Array {
  if (path.length < numbers) path = new Float64Array(numbers);
  return path;
}
