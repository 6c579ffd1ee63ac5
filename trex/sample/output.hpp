// The folder that samples are written to: which files are ours to overwrite, and what was written.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "trex/sample/sample.hpp"
#include "trex/sample/write_run.hpp"

namespace trex::sample {

class OutputFolder {
 public:
  // Throws Error when `path` is a file.
  OutputFolder(std::string path, bool force);

  // Before the first byte is written. Throws Error when one of the files exists and the folder has
  // no README.txt of ours.
  void claim(const std::vector<std::string>& names) const;

  // Writes one file, whole or not at all: `fill` gives its text to the sink.
  void write(const std::string& name, const std::function<void(const Sink&)>& fill);
  void write(const std::string& name, std::string_view text);

  std::vector<Written> take_written() { return std::move(written_); }

 private:
  bool is_ours() const;

  std::string path_;
  bool force_;
  std::vector<Written> written_;
};

inline constexpr std::string_view readme_name = "README.txt";
inline constexpr std::string_view readme_first_line =
    "Example engines written by `trex sample`: modelled, not measured.";

}  // namespace trex::sample
