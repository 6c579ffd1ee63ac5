// What `trex serve` offers: the engines under its paths, and their files by names of our making.
//
// A request can only name what is in this list, so no path of a request ever reaches the file
// system. A file found in a folder is offered only when it really lies there: links that lead out
// are not followed.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "trex/load/load.hpp"

namespace trex::cli {

struct ServedEngine {
  std::string name;
  std::vector<std::string> files;  // "0/resnet.graph.json"; the graph first
};

struct ServedList {
  std::string version;  // another one as soon as a file is new, gone or changed
  std::vector<ServedEngine> engines;
  std::map<std::string, std::string> paths;  // by file name
  std::vector<std::string> problems;         // why a path offers nothing
};

// Looks now. A folder offers its engines and those of the folders right in it.
ServedList served_list(const std::vector<std::string>& paths);
// {version, engines: [{name, files}]}.
std::string served_json(const ServedList& list);

// The same list for many requests at once: looked up again when it is older than a moment.
class ServedFiles {
 public:
  explicit ServedFiles(std::vector<std::string> paths) : paths_(std::move(paths)) {}
  ServedList list();
  std::optional<std::string> path_of(const std::string& name);

 private:
  const std::vector<std::string> paths_;
  std::mutex mutex_;
  ServedList list_;
  std::optional<std::chrono::steady_clock::time_point> looked_;
};

}  // namespace trex::cli
