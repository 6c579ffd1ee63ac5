// `trex history` as a document.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "trex/document/document.hpp"
#include "trex/store/history.hpp"

namespace trex::store {

struct HistoryView {
  std::size_t series = 4;    // that people see in full; 0: all
  std::size_t engines = 20;  // the newest of each; 0: all
  std::size_t parts = 12;    // blocks, types, precisions
};

// Blocks "model", "engine_count", "series", "points", "changes", "parts".
Document history_report(const History& history, const HistoryView& view = {});

// Its parts.
// "▁▂▂▇█": the values from the least to the largest, in at most `width` columns; a column of
// several values shows their median, one of none a dot.
std::string sparkline(std::span<const double> values, std::size_t width);
// "NVIDIA A10, TensorRT 10.3.0, batch 8, FP32+FP16".
std::string series_title(const HistorySeries& series);
// One sentence a change, and what explains it.
std::vector<std::string> change_sentences(const HistorySeries& series,
                                          const std::vector<std::string>& labels);
// "+5.2%"; "" when unknown.
std::string signed_percent(double ratio);
// "1.02 ms" -> "1.07 ms", with the metric's unit.
std::string figure_text(const HistoryMetric& metric, double value);
std::vector<Block> series_blocks(const HistorySeries& series, const HistoryView& view);
// What each point is called: engines of one name are known by their folders.
std::vector<std::string> series_labels(const HistorySeries& series);
// The median of the level that a point is in; NaN where there is but one level.
double level_at(const HistorySeries& series, std::size_t point);
// Whether changes were looked for, and against how much noise.
std::string series_verdict(const HistorySeries& series);

}  // namespace trex::store
