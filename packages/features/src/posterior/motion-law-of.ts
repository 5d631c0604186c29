/** What the classes of the laws are called that have numbers of their own. */
const CLASSES = {
  directed: /^(directed|dm|directed motion)$/i,
  confined: /^(confined|cd|confined diffusion|confined motion)$/i,
} as const;

/**
 * The law of `motionEstimates` that has numbers of its own for a class, by what the class is called: a speed for directed motion, a radius
 * for confined motion. Undefined for every other class.
 *
 * @example
 * motionLawOf('DM') // 'directed'
 */
export function motionLawOf(className: string): keyof typeof CLASSES | undefined {
  const laws = Object.keys(CLASSES) as (keyof typeof CLASSES)[];
  return laws.find((law) => CLASSES[law].test(className));
}
