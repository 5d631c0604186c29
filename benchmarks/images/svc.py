"""scikit-learn's SVC on the rows that job.mjs writes: one against one, class-weighted, on columns made standard.

svc.py FILE: Float64 rows, training rows first, beside FILE.json with the shape, the codes and the options. Answers with one line
of JSON: the classes of the test rows, seconds of the fit and the number of support vectors.
"""

import json
import sys
import time

import numpy as np
from sklearn.svm import SVC

with open(sys.argv[1] + ".json", encoding="utf8") as file:
    job = json.load(file)
rows = np.fromfile(sys.argv[1], dtype=np.float64).reshape(-1, job["columns"])
training = rows[: len(job["codes"])]
with np.errstate(invalid="ignore"):
    mean, deviation = np.nanmean(training, axis=0), np.nanstd(training, axis=0)
mean[np.isnan(mean)] = 0
deviation[~(deviation > 0)] = 1
scaled = np.nan_to_num((rows - mean) / deviation, nan=0.0)
model = SVC(C=1.0, gamma=1 / job["columns"], class_weight="balanced", cache_size=400)
began = time.process_time()
model.fit(scaled[: len(training)], job["codes"])
seconds = time.process_time() - began
predicted = model.predict(scaled[len(training) :])
print(json.dumps({"predicted": predicted.tolist(), "fitted": seconds, "supportVectors": int(model.n_support_.sum())}))
