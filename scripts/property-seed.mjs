import fc from 'fast-check';

/** Jest set-up: property tests draw from one seed, so that a run says the same tomorrow; another FC_SEED explores further. */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20261121) });
