/** Placeholder of the table of contents. */
export {};
