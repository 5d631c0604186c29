// Written by scripts/list-models.mjs: do not edit.

/** The models that come with this package, and where their files lie. */
export const shipped = [];
