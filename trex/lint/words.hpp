// The words that findings are made of: names fit for a line, figures as engineers write them.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace trex::lint {

// "'/layer1/conv/Conv'": valid UTF-8, cut in the middle where it is long (a fused layer's name may
// list hundreds of nodes). Control bytes stay: the renderers make them visible.
std::string quoted(std::string_view name);
// "1 layer", "12 layers": the plural takes an s.
std::string counted(std::size_t count, std::string_view noun);
// "784 B", "1.53 MB": four digits, powers of 1000.
std::string bytes_text(std::int64_t bytes);

}  // namespace trex::lint
