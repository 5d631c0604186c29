"""Runs ONNX files in ONNX Runtime: a line of JSON in, { file, inputs }, the outputs out. The first time, a file is checked."""

import base64
import json
import sys

import numpy as np
import onnx
import onnxruntime as ort

options = ort.SessionOptions()
options.intra_op_num_threads = 1
options.log_severity_level = 3
sessions = {}


def session_of(file):
    if file not in sessions:
        onnx.checker.check_model(onnx.load(file), full_check=True)
        sessions.clear()
        sessions[file] = ort.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    return sessions[file]


def array(tensor):
    values = np.frombuffer(base64.b64decode(tensor["values"]), "<f4")
    return values.reshape(tensor["shape"])


print(json.dumps({"device": f"ONNX Runtime {ort.__version__}"}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    session = session_of(request["file"])
    names = [each.name for each in session.get_outputs()]
    values = session.run(names, {name: array(x) for name, x in request["inputs"].items()})
    outputs = {
        name: {"shape": x.shape, "values": base64.b64encode(x.astype("<f4").tobytes()).decode()}
        for name, x in zip(names, values)
    }
    print(json.dumps({"outputs": outputs}), flush=True)
