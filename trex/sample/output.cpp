// A folder is ours when it holds the README.txt that we leave.

// SPDX-License-Identifier: Apache-2.0
#include "trex/sample/output.hpp"

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"

namespace trex::sample {

OutputFolder::OutputFolder(std::string path, bool force) : path_(std::move(path)), force_(force) {
  if (file_exists(path_) && !is_directory(path_)) {
    fail("{}: is a file; give a directory to write the samples to", path_);
  }
}

bool OutputFolder::is_ours() const {
  const std::string readme = join_path(path_, readme_name);
  return file_exists(readme) &&
         starts_with(read_head(readme, readme_first_line.size()), readme_first_line);
}

void OutputFolder::claim(const std::vector<std::string>& names) const {
  if (force_ || !is_directory(path_) || is_ours()) return;
  for (const std::string& name : names) {
    const std::string path = join_path(path_, name);
    if (file_exists(path)) {
      fail(
          "{}: exists and was not written by 'trex sample'; choose an empty directory, or "
          "overwrite it with --force",
          path);
    }
  }
}

void OutputFolder::write(const std::string& name, const std::function<void(const Sink&)>& fill) {
  make_directories(path_);
  const std::string path = join_path(path_, name);
  AtomicFile file(path);
  std::uint64_t bytes = 0;
  fill([&](std::string_view text) {
    bytes += text.size();
    file.write(text);
  });
  file.commit();
  written_.push_back({path, bytes});
}

void OutputFolder::write(const std::string& name, std::string_view text) {
  write(name, [&](const Sink& sink) { sink(text); });
}

}  // namespace trex::sample
