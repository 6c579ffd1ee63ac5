// What `trex export --format xlsx` puts into a workbook: all of an engine, as tables with charts.
//
// It is a Document like any other: the summary's facts, then a table a sheet. Texts are for people
// and scripts alike, so nothing is shortened but the labels of bars.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "trex/document/document.hpp"
#include "trex/model/engine.hpp"

namespace trex::report {

// `label`: what the engine is called among several; it begins the sheets' names.
Document workbook_report(const Engine& engine, const std::string& label);

// Its parts about time over inferences: percentiles, and the inferences in order, by windows where
// they are many. No rows without a timing file.
TableBlock latency_percentiles(const Engine& engine);
TableBlock latency_series(const Engine& engine);

}  // namespace trex::report
