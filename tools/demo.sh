#!/usr/bin/env bash
# `make demo`: writes the example engines into demo/ and shows the main job on them.
#
# usage: tools/demo.sh TREX

# SPDX-License-Identifier: Apache-2.0

set -euo pipefail
cd "$(dirname "$0")/.."
trex=$1

run() {  # prints the command as a user would type it, then runs it
  printf '\n$ %s\n' "$*"
  "$@"
}

builds=(fp32 fp16 qat qat-residual qat-residual-gap)

printf "\n$ %s sample demo/\n" "$trex"
"$trex" sample demo/ | tail -n 1
echo
echo "ResNet-18 in five builds, from FP32 to INT8 with quantized residual branches:"
engines=()
for build in "${builds[@]}"; do engines+=("demo/resnet18.$build.onnx.engine"); done
run "$trex" compare "${engines[@]}"
echo
echo "INT8 is slower than FP16 in the third. What is it, where does its time go, and what is to be done?"
run "$trex" summary demo/resnet18.qat.onnx.engine
run "$trex" lint demo/resnet18.qat.onnx.engine --fail-on never --min-ms 0.05
echo
echo "Did the fourth build mend it?"
run "$trex" diff demo/resnet18.qat.onnx.engine demo/resnet18.qat-residual.onnx.engine --top 8
run "$trex" draw demo/resnet18.qat-residual.onnx.engine -o demo/resnet18.svg
echo
echo "All files are in demo/; the program is $trex; 'trex --help' lists what else it does."
