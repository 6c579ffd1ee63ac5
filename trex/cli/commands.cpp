// The list of commands.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/commands.hpp"

namespace trex::cli {

std::vector<Command> commands() {
  return {
      summary_command(), layers_command(),     show_command(),    draw_command(),
      check_command(),   lint_command(),       explain_command(), diff_command(),
      compare_command(), query_command(),      export_command(),  history_command(),
      report_command(),  serve_command(),      process_command(), log_command(),
      archive_command(), dataset_command(),    tune_command(),    gpu_command(),
      sample_command(),  completion_command(),
  };
}

}  // namespace trex::cli
