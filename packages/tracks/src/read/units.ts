const SAME: Readonly<Record<string, readonly string[]>> = {
  µm: ['um', 'µm', 'μm', '\uFFFDm', 'micron', 'microns', 'micrometer', 'micrometers', 'micrometre'],
  nm: ['nm', 'nanometer', 'nanometers', 'nanometre', 'nanometres'],
  mm: ['mm', 'millimeter', 'millimeters', 'millimetre', 'millimetres'],
  m: ['m', 'meter', 'meters', 'metre', 'metres'],
  pixel: ['pixel', 'pixels', 'px', 'pix'],
  s: ['s', 'sec', 'secs', 'second', 'seconds'],
  ms: ['ms', 'msec', 'millisecond', 'milliseconds'],
  min: ['min', 'mins', 'minute', 'minutes'],
  frame: ['frame', 'frames'],
};

const NORMAL = new Map(
  Object.entries(SAME).flatMap(([unit, names]) => names.map((name) => [name, unit])),
);

/**
 * One spelling per unit: micron, um and both Unicode µ become 'µm', sec and seconds 's', px 'pixel'; brackets around
 * it are dropped, and a unit that is not known stays as it is. (U+FFFD is what a µ in Latin-1 looks like in UTF-8.)
 *
 * @example
 * normalUnit('(micron)') // 'µm'
 */
export function normalUnit(unit: string): string {
  const bare = unit.trim().replace(/^[([](.*)[)\]]$/, '$1');
  return NORMAL.get(bare.trim().toLowerCase()) ?? bare.trim();
}
