/**
 * The models of the AnDi challenge in the order of their codes: 0 is ATTM, 4 is SBM (Muñoz-Gil et al., Nat. Commun. 12,
 * 6253 (2021)).
 */
export const ANDI_LABELS = ['ATTM', 'CTRW', 'FBM', 'LW', 'SBM'] as const;
