// What the actions of `trex dataset` show.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/cli/dataset_sources.hpp"
#include "trex/cli/dataset_workers.hpp"
#include "trex/document/document.hpp"
#include "trex/store/dataset_compact.hpp"
#include "trex/store/dataset_verify.hpp"

namespace trex::cli {

// `engines` and `outcomes` belong together, one each.
Document added_document(const std::string& dataset, const std::vector<EngineFiles>& engines,
                        const std::vector<AddOutcome>& outcomes,
                        const std::vector<DatasetSources::Failure>& failures);
// `all`: how many engines there are; `engines`: those to show.
Document listed_document(const std::string& dataset, const Table& engines, std::size_t all);
Document verified_document(const std::string& dataset, const store::VerifyReport& report);
Document compacted_document(const std::string& dataset, const store::CompactReport& report);

}  // namespace trex::cli
