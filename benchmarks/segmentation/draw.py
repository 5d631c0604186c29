"""Draws experiments by the peer, andi-datasets, in the challenge's layout: what penalties are chosen on, or other tracks to score.

draw.py FOLDER FIELDS SEED: ten experiments, each of the five models twice, with the parameters that the package draws for them;
the second time particles leave their states five times as often. Writes FOLDER/track_2/exp_k/{trajs,traj_labs,ens_labs}_fov_j and ensemble_labels.txt.
"""
import contextlib
import io
import sys
from pathlib import Path
import numpy as np
from andi_datasets.datasets_challenge import _get_dic_andi2, challenge_phenom_dataset

folder, fields, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
np.random.seed(seed)
for e, model in enumerate([1, 2, 3, 4, 5, 1, 2, 3, 4, 5]):
    dic = _get_dic_andi2(model)
    if e >= 5 and "Pu" in dic:
        dic["Pu"] = min(1, 5 * dic["Pu"])
    if e >= 5 and "M" in dic:
        leave = np.array(dic["M"], dtype=float)
        np.fill_diagonal(leave, 0)
        dic["M"] = 5 * leave + np.diag(1 - 5 * leave.sum(1))
    if e >= 5 and "trans" in dic:
        dic["trans"] = min(1, 5 * dic["trans"])
    out = folder / "track_2" / f"exp_{e}"
    out.mkdir(parents=True, exist_ok=True)
    for f in range(fields):
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            trajs, labels, ensemble = challenge_phenom_dataset(dics=[dic], num_fovs=1)
        frame = trajs[0]
        lines = ["traj_idx,frame,x,y"]
        lines += [f"{int(i)},{int(t)},{x:.5f},{y:.5f}" for i, t, x, y in frame[["traj_idx", "frame", "x", "y"]].values]
        (out / f"trajs_fov_{f}.csv").write_text("\n".join(lines) + "\n")
        (out / f"traj_labs_fov_{f}.txt").write_text("".join(",".join(str(float(v)) for v in row) + "\n" for row in labels[0]))
        states = np.atleast_2d(np.asarray(ensemble[0], dtype=float))
        total = states if f == 0 else np.vstack((states[:-1], total[-1] + states[-1]))
    total[-1] /= total[-1].sum()
    with open(out / "ensemble_labels.txt", "w") as target:
        target.write(f"model: {dic['model']}; num_state: {total.shape[1]} \n")
        np.savetxt(target, total, delimiter=";")
