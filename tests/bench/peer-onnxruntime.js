#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Times classifying with ONNX Runtime as bench-report-nets does; one JSON line with the same keys.
//
//   NODE_PATH=FOLDER/node_modules peer-onnxruntime.js NETWORK.onnx [THREADS]
//
// after "npm install --ignore-scripts onnxruntime-node" in FOLDER.  "peer-torch.py --export" writes
// NETWORK.onnx.
'use strict';

const ort = require('onnxruntime-node');

const [file, threads = '2'] = process.argv.slice(2);
const side = 28;
const pixels = Float32Array.from({ length: 256 * side * side }, Math.random);

function medianOf(numbers) {
  const sorted = Float64Array.from(numbers).sort();
  return sorted[sorted.length >> 1];
}

async function main() {
  const session = await ort.InferenceSession.create(file, { intraOpNumThreads: Number(threads) });
  const classify = (n) => {
    const images = pixels.subarray(0, n * side * side);
    return session.run({ x: new ort.Tensor('float32', images, [n, 1, side, side]) });
  };
  const microseconds = async (count, work) => {
    const times = [];
    for (let i = 0; i < count; i++) {
      const start = process.hrtime.bigint();
      await work();
      times.push(Number(process.hrtime.bigint() - start) / 1e3);
    }
    return medianOf(times);
  };
  const classifyAll = async () => {
    for (let left = 10000; left > 0; left -= 256) await classify(Math.min(left, 256));
  };

  await classifyAll();
  const whole = await microseconds(5, classifyAll);
  const single = await microseconds(1000, () => classify(1));
  console.log(JSON.stringify({
    threads: Number(threads),
    infer_10k_ms: Math.round(whole / 100) / 10,
    single_us: Math.round(single * 10) / 10,
  }));
}

main();
