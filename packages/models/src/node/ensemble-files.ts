const memberFile = /^member-\d+\.(model\.json|weights\.bin|classifier\.json|card\.json)$/;

/** Whether a file of that name is of a model of a saved ensemble. */
export const isEnsembleFile = (name: string): boolean => memberFile.test(name);
