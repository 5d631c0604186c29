/** An argument outside what is possible: the message quotes its name, its value and what was expected. */
export class ParameterError extends RangeError {
  override readonly name = 'ParameterError';
  /** Name of the argument, or the path of the field in a specification. */
  readonly parameter: string;

  constructor(parameter: string, value: unknown, expected: string) {
    super(`${parameter} is ${quote(value)}: expected ${expected}`);
    this.parameter = parameter;
  }
}

function quote(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
