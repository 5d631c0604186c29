import type { Json, JsonObject } from '@diffusion/models';
import type { Options } from '@diffusion/models/classical';

/**
 * What `--set key=value` means to declared options: a number, a list of numbers or of words, null or a text, whichever
 * the option accepts. What it accepts in no form is left for the model to refuse.
 */
export function settingsFor(
  options: Options,
  given: Readonly<Record<string, string>> = {},
): JsonObject {
  return Object.fromEntries(
    Object.entries(given).map(([key, text]) => {
      const option = Object.hasOwn(options, key) ? options[key] : undefined;
      const readings = readingsOf(text);
      return [key, readings.find((value) => option?.accepts(value)) ?? readings[0]];
    }),
  );
}

function readingsOf(text: string): Json[] {
  if (text === 'null') return [null, text];
  const words = text.split(',');
  const numbers = words.map(Number);
  if (words.some((word) => word.trim() === '') || !numbers.every(Number.isFinite)) {
    return [text, words];
  }
  return numbers.length === 1 ? [numbers[0], numbers, text] : [numbers, text];
}
