import type { CardChecks } from '../card-checks.ts';

/** Throws `ModelError` for a calibration in a card that cannot be applied to answers of these classes. */
export function checkCalibration(
  check: CardChecks,
  { tracks, notJudged = 0, probabilities, sets }: Readonly<Record<string, unknown>>,
  classes: unknown,
): void {
  if (!Array.isArray(classes)) {
    check.fail('calibration', {}, 'it to be left out: the model has no classes');
  }
  const width = classes.length;
  if (!(Number.isSafeInteger(tracks) && (tracks as number) > 0)) {
    check.fail('calibration.tracks', tracks, 'a number of tracks');
  }
  if (!(Number.isSafeInteger(notJudged) && (notJudged as number) >= 0)) {
    check.fail('calibration.notJudged', notJudged, 'a number of tracks');
  }
  const at = 'calibration.probabilities';
  const { lengths, sharpness, offsets } = check.record(at, probabilities);
  const count = increasing(check, `${at}.lengths`, lengths);
  list(check, `${at}.sharpness`, sharpness, count, (value) => value > 0, 'positive numbers');
  if (!Array.isArray(offsets) || offsets.length !== count) {
    check.fail(`${at}.offsets`, offsets, `a list of numbers for each of ${count} lengths`);
  }
  for (const [k, row] of offsets.entries()) {
    list(check, `${at}.offsets[${k}]`, row, width, Number.isFinite, 'numbers');
  }
  if (sets === undefined) return;
  const { coverage, weights, bins } = check.record('calibration.sets', sets);
  const share = check.number('calibration.sets.coverage', coverage);
  if (!(share > 0 && share < 1)) {
    check.fail('calibration.sets.coverage', share, 'a share between 0 and 1');
  }
  list(check, 'calibration.sets.weights', weights, width, (w) => w > 0, 'positive numbers');
  if (!Array.isArray(bins) || bins.length === 0) {
    check.fail('calibration.sets.bins', bins, 'a list of at least one bin of length');
  }
  const isShare = (value: number) => value >= 0 && value <= 1;
  for (const [b, bin] of bins.entries()) {
    const place = `calibration.sets.bins[${b}]`;
    const { from, to, noise, motion } = check.record(place, bin);
    increasing(check, `${place}.from, ${place}.to`, [from, to]);
    if (b > 0 && (from as number) !== bins[b - 1].to) {
      check.fail(`${place}.from`, from, `${bins[b - 1].to}, where the bin before it ends`);
    }
    list(check, `${place}.noise`, noise, width, isShare, 'numbers from 0 to 1');
    list(check, `${place}.motion`, motion, width, isShare, 'numbers from 0 to 1');
  }
}

/** How many numbers there are in a list of positive ones, each larger than that before. */
function increasing(check: CardChecks, field: string, value: unknown): number {
  const rises =
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((n, k) => Number.isFinite(n) && n > (k === 0 ? 0 : value[k - 1]));
  return rises ? value.length : check.fail(field, value, 'increasing positive numbers');
}

function list(
  check: CardChecks,
  field: string,
  value: unknown,
  length: number,
  test: (value: number) => boolean,
  what: string,
): void {
  const fits =
    Array.isArray(value) &&
    value.length === length &&
    value.every((n) => typeof n === 'number' && test(n));
  if (!fits) check.fail(field, value, `${length} ${what}`);
}
