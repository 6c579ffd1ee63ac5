// DuckDB's errors, of several lines, as one of ours.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace trex::store {

// `error`: what DuckDB says with errors_as_json set; `sql`: the text it is about.
// "query: line 2, column 8: column 'tme_ms' not found, did you mean 'time_ms'?".
std::string sql_error_line(std::string_view error, std::string_view sql);

}  // namespace trex::store
