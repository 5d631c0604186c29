import { networkByName } from '@diffusion/models';

/**
 * What `--set key=value` means to a network: a number, a list of numbers, null or a text, whichever its option accepts.
 * What it accepts in no form is left for the network to refuse.
 */
export function networkSettings(
  name: string,
  given: Readonly<Record<string, string>> = {},
): Record<string, unknown> {
  const { options } = networkByName(name);
  return Object.fromEntries(
    Object.entries(given).map(([key, text]) => {
      const option = options.find((each) => each.name === key);
      const readings = readingsOf(text);
      return [key, readings.find((value) => option?.accepts(value)) ?? readings[0]];
    }),
  );
}

function readingsOf(text: string): unknown[] {
  if (text === 'null') return [null, text];
  const numbers = text.split(',').map(Number);
  if (text.split(',').some((part) => part.trim() === '') || !numbers.every(Number.isFinite)) {
    return [text];
  }
  return numbers.length === 1 ? [numbers[0], numbers, text] : [numbers, text];
}
