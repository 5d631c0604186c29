import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { csvTable } from '../csv/csv-table.ts';
import { ReadError } from '../errors.ts';
import { isImageName } from '../images/image-name.ts';
import { fileError, kindOf } from './open-file.ts';
import { readBytes } from './read-file.ts';

/** A file of images, and what is known of it. */
export interface ImageEntry {
  /** What it is called: its path within its folder, with slashes. */
  readonly name: string;
  readonly path: string;
  readonly mask?: string;
  readonly label?: string;
  /** What else a table says, by the name of the column. */
  readonly cells?: Readonly<Record<string, string>>;
}

/** The table of a folder of images, and the folder of their masks. */
export const TABLE = 'labels.csv';
export const MASKS = 'masks';

/** The most bytes of a table. */
const MOST_BYTES = 2 ** 28;

/**
 * The files of images that a path means: that file; or those of a folder, in the order of its table or of their names.
 *
 * @throws {@link ReadError} where there are none, for a table without a column `image`, and for a file that it names and that
 *   is not there.
 */
export async function imageEntries(path: string): Promise<ImageEntry[]> {
  const found = await stat(path).catch((error) => {
    throw fileError(error, path);
  });
  if (!found.isDirectory()) {
    const mask = await maskBeside(path);
    return [{ name: basename(path), path, ...(mask !== undefined && { mask }) }];
  }
  const names = await filesIn(path);
  const entries = names.files.includes(TABLE)
    ? await fromTable(path)
    : await fromFolders(path, names);
  if (entries.length === 0) {
    throw new ReadError(
      `there are no images in this folder: expected PNG or TIFF files, in folders by class, or ${TABLE} with the columns image and label`,
      { source: path },
    );
  }
  return entries;
}

/** The mask of a file by itself: in the folder `masks` beside it, or in that beside the folder of its class. */
async function maskBeside(path: string): Promise<string | undefined> {
  const own = dirname(resolve(path));
  for (const folder of [join(own, MASKS), join(dirname(own), MASKS, basename(own))]) {
    const name = (await imagesIn(folder)).find((each) => stem(each) === stem(basename(path)));
    if (name !== undefined) return join(folder, name);
  }
  return undefined;
}

async function fromTable(folder: string): Promise<ImageEntry[]> {
  const source = join(folder, TABLE);
  const text = new TextDecoder().decode(await readBytes(source, MOST_BYTES));
  const { header, rows, lines } = csvTable(text, source);
  if (!header.includes('image')) {
    throw new ReadError(`there is no column image: expected the names of the files in it`, {
      source,
      line: 1,
    });
  }
  const place = new Map(header.map((name, k) => [name, k]));
  // A table that says nothing of masks has them where a folder without a table has them.
  const maskOf = place.has('mask') ? undefined : await masksOf(folder, rows, place.get('image')!);
  const seen = new Map<string, number>();
  return rows.map((row, i) => {
    const line = lines[i];
    const cell = (name: string): string | undefined => {
      const value = place.has(name) ? row[place.get(name)!] : '';
      return value === '' ? undefined : value;
    };
    const name = cell('image');
    const where = { source, line, column: 'image' };
    if (name === undefined) throw new ReadError('is empty: expected the name of a file', where);
    if (seen.has(name)) {
      throw new ReadError(`${name} is there already, on line ${seen.get(name)}`, where);
    }
    seen.set(name, line);
    const mask = place.has('mask') ? cell('mask') : maskOf?.get(name);
    const others = header.filter((key) => !['image', 'mask', 'label'].includes(key));
    return {
      name,
      path: join(folder, name),
      ...(mask !== undefined && { mask: join(folder, mask) }),
      ...(cell('label') !== undefined && { label: cell('label')! }),
      cells: Object.fromEntries(others.map((key) => [key, row[place.get(key)!]])),
    };
  });
}

/** The masks in the folder `masks` of the images of a table, by the names of these, as paths within the folder. */
async function masksOf(
  folder: string,
  rows: readonly (readonly string[])[],
  image: number,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const byFolder = new Map<string, Map<string, string>>();
  for (const { [image]: name } of rows) {
    const within = dirname(name);
    const known =
      byFolder.get(within) ??
      new Map((await imagesIn(join(folder, MASKS, within))).map((each) => [stem(each), each]));
    byFolder.set(within, known);
    const mask = known.get(stem(basename(name)));
    if (mask !== undefined) found.set(name, join(MASKS, within, mask));
  }
  return found;
}

async function fromFolders(folder: string, { files, folders }: Listing): Promise<ImageEntry[]> {
  // A folder of one class has its masks where those of the whole set are.
  const beside = join(dirname(resolve(folder)), MASKS, basename(resolve(folder)));
  const masks = folders.includes(MASKS)
    ? join(folder, MASKS)
    : (await isFolder(beside))
      ? beside
      : undefined;
  const entries: ImageEntry[] = [];
  const add = async (names: readonly string[], label?: string) => {
    const within = (root: string) => (label === undefined ? root : join(root, label));
    const known = masks === undefined ? [] : await imagesIn(within(masks));
    const maskOf = new Map(known.map((name) => [stem(name), name]));
    for (const name of names.filter(isImageName)) {
      const mask = maskOf.get(stem(name));
      entries.push({
        name: label === undefined ? name : `${label}/${name}`,
        path: join(within(folder), name),
        ...(mask !== undefined && { mask: join(within(masks!), mask) }),
        ...(label !== undefined && { label }),
      });
    }
  };
  await add(files);
  for (const label of folders) {
    if (label !== MASKS) await add((await filesIn(join(folder, label))).files, label);
  }
  return entries;
}

/** The name of a file without what it ends with: a mask may be a PNG beside a TIFF. */
const stem = (name: string): string => name.replace(/\.[^.]*$/, '');

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

async function imagesIn(folder: string): Promise<string[]> {
  return (await isFolder(folder)) ? (await filesIn(folder)).files.filter(isImageName) : [];
}

interface Listing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Files and folders of a folder by name, without hidden ones, pipes and devices. */
async function filesIn(folder: string): Promise<Listing> {
  const names = await readdir(folder).catch((error) => {
    throw fileError(error, folder);
  });
  const files: string[] = [];
  const folders: string[] = [];
  for (const name of names.sort()) {
    if (name.startsWith('.')) continue;
    const what = await stat(join(folder, name)).then(kindOf, () => 'a link to nothing');
    if (what === undefined) files.push(name);
    else if (what === 'a folder') folders.push(name);
  }
  return { files, folders };
}
