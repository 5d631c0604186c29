/** What is known of a class by its name alone. */
const CLASSES: Readonly<Record<string, readonly [full: string, about: string]>> = {
  immobile: ['', 'stays where it is: what is seen to move is the localisation error'],
  confined: ['', 'diffuses within a region that it does not leave: the MSD levels off'],
  brownian: ['', 'free diffusion: the MSD grows in proportion to time, α = 1'],
  directed: ['', 'is carried along at a steady velocity while it diffuses'],
  subdiffusive: [
    '',
    'fractional Brownian motion with α < 1: each step is drawn back by those before it',
  ],
  other: [
    '',
    'moves by another law than these: with rests, with flights, superdiffusive, or in a way that changes within the track',
  ],
  ND: ['normal diffusion', 'free diffusion: the MSD grows in proportion to time, α = 1'],
  DM: ['directed motion', 'is carried along at a steady velocity while it diffuses'],
  CD: ['confined diffusion', 'diffuses within a region that it does not leave: the MSD levels off'],
  FBM: [
    'fractional Brownian motion',
    'each step depends on all before it: drawn back for α < 1, carried on for α > 1',
  ],
  AD: ['anomalous diffusion', 'the MSD grows slower than time, α < 1'],
  CTRW: ['continuous-time random walk', 'jumps, with rests between them that may be very long'],
  LW: ['Lévy walk', 'flies straight at a steady speed, for times that may be very long'],
  ATTM: [
    'annealed transient time motion',
    'Brownian, with a D that changes at random times: small ones last longer',
  ],
  SBM: ['scaled Brownian motion', 'Brownian, with a D that rises or falls with time'],
};

/**
 * A class by its full name, with the abbreviation that files have it by: `normal diffusion (ND)`. A name that is none of the
 * field's abbreviations is its own.
 */
export function classTitle(name: string): string {
  const full = CLASSES[name]?.[0];
  return full ? `${full} (${name})` : name;
}

/** The same on two lines, for the margin of a picture. */
export function classLines(name: string): string | readonly string[] {
  const full = CLASSES[name]?.[0];
  return full ? [full, `(${name})`] : name;
}

/** Whether particles of a class move: those that do not have no exponent, and what is estimated is what was assumed of it. */
export const moves = (name: string): boolean => name !== 'immobile';

/** What a class is, in half a sentence; undefined where its name does not tell. */
export const classAbout = (name: string): string | undefined => CLASSES[name]?.[1];
