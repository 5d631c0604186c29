/** An axis title with its unit in parentheses: `x (µm)`; it says so where the source gives no unit. */
export function withUnit(quantity: string, unit: string, power: '' | '²' = ''): string {
  return unit === '' ? `${quantity} (no unit given)` : `${quantity} (${unit}${power})`;
}

/** Ticks of a logarithmic axis: powers of ten, and 2 and 5 between them where there are fewer than two decades. */
export function logTicks(from: number, to: number): number[] {
  const ticks: number[] = [];
  const steps = to / from < 100 ? [1, 2, 5] : [1];
  for (let e = Math.floor(Math.log10(from)); e <= Math.ceil(Math.log10(to)); e++) {
    for (const step of steps) {
      const tick = Number(`${step}e${e}`);
      if (tick >= from && tick <= to) ticks.push(tick);
    }
  }
  return ticks;
}
