import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';

/**
 * What of a long run is done, in a file, so that the next run goes on there: values by a key that says what they were made
 * of. Without a file nothing is kept.
 *
 * @returns `once(key, make)`: what is there, or else what `make` gives, which is then kept.
 */
export function keptIn(file) {
  const all = file !== undefined && existsSync(file) ? deserialize(readFileSync(file)) : new Map();
  return async function once(key, make) {
    const name = JSON.stringify(key);
    if (all.has(name)) return all.get(name);
    const value = await make();
    all.set(name, value);
    if (file !== undefined) {
      writeFileSync(`${file}.part`, serialize(all));
      renameSync(`${file}.part`, file);
    }
    return value;
  };
}
