// `trex archive`: the files in an archive, and whether they are what the manifest says.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/document/document.hpp"
#include "trex/load/archive.hpp"

namespace trex::report {

// `done` is for people, at the top: "written", "extracted to out", "sound" ...
Document archive_report(const ArchiveContents& contents, const std::string& done);

}  // namespace trex::report
