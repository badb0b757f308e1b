#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times the report's networks in PyTorch as bench-report-nets does: one JSON line, the same keys.

With --export FILE nothing is timed: the network is written as ONNX, for peer-onnxruntime.js.
PyTorch comes with Debian's package python3-torch.  It is fastest with channels last and one BLAS
thread.
"""
import argparse
import json
import os
import resource
import statistics
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import torch
from torch import nn
from torch.nn import functional

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--net", choices=["dense", "cnn"], default="cnn")
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--batch", type=int, default=32)
parser.add_argument("--steps", type=int, default=200)
parser.add_argument("--export", metavar="FILE")
options = parser.parse_args()


def make_network(kind):
    if kind == "dense":
        return nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 300), nn.ReLU(), nn.Dropout(0.1),
            nn.Linear(300, 32), nn.ReLU(), nn.Dropout(0.1),
            nn.Linear(32, 16), nn.ReLU(),
            nn.Linear(16, 10))
    network = nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.2),
        nn.Conv2d(32, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.2),
        nn.Flatten(),
        nn.Linear(784, 32), nn.ReLU(),
        nn.Linear(32, 10))
    return network.to(memory_format=torch.channels_last)


def milliseconds(work, count):
    """The median of @count calls."""
    times = []
    for _ in range(count):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


torch.manual_seed(1)
torch.set_num_threads(options.threads)
network = make_network(options.net)

if options.export:
    torch.onnx.export(network.eval(), torch.zeros(1, 1, 28, 28), options.export, input_names=["x"],
                      dynamic_axes={"x": {0: "n"}}, opset_version=13)
    raise SystemExit

images = torch.rand(10000, 1, 28, 28)
labels = torch.randint(0, 10, (10000,))
kernels = [layer.weight for layer in network if hasattr(layer, "weight")]
adam = torch.optim.Adam(network.parameters(), lr=0.001, eps=1e-7)


def take_step():
    chosen = torch.randint(0, len(images), (options.batch,))
    loss = functional.cross_entropy(network(images[chosen]), labels[chosen])
    loss = loss + 1e-4 * sum(kernel.square().sum() for kernel in kernels)
    adam.zero_grad()
    loss.backward()
    adam.step()


def classify_all():
    for begin in range(0, len(images), 256):
        network(images[begin:begin + 256])


milliseconds(take_step, 20)
step_ms = milliseconds(take_step, options.steps)
network.eval()
with torch.no_grad():
    infer_10k_ms = milliseconds(classify_all, 5)
    milliseconds(lambda: network(images[:1]), 100)
    single_ms = milliseconds(lambda: network(images[:1]), 1000)

print(json.dumps({
    "net": options.net, "threads": options.threads, "batch": options.batch,
    "step_ms": round(step_ms, 3), "infer_10k_ms": round(infer_10k_ms, 1),
    "single_us": round(single_ms * 1e3, 1),
    "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
