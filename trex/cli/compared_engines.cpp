// The two engines of `trex diff`: found, loaded, with several profiles or timing files each.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/compared_engines.hpp"

#include <fmt/format.h>

#include <climits>
#include <cmath>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/cli/engine_options.hpp"
#include "trex/load/load.hpp"
#include "trex/load/profile.hpp"
#include "trex/load/sniff.hpp"
#include "trex/load/timing.hpp"
#include "trex/report/engine_baseline.hpp"

namespace trex::cli {
namespace {

constexpr std::size_t sniffed_bytes = std::size_t{64} << 10;

// Files as given; of a folder those that hold what is wanted.
std::vector<std::string> files_of(const std::vector<std::string>& paths,
                                  const std::vector<FileKind>& kinds, std::string_view option) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (!is_directory(path)) {
      files.push_back(path);
      continue;
    }
    const std::size_t before = files.size();
    for (const std::string& name : list_directory(path)) {
      const std::string file = join_path(path, name);
      if (!is_regular_file(file)) continue;
      const FileKind kind = sniff(read_head(file, sniffed_bytes));
      for (const FileKind wanted : kinds) {
        if (kind == wanted) files.push_back(file);
      }
    }
    if (files.size() == before) fail("{}: {}: no such file in this folder", option, path);
  }
  return files;
}

// Each profile joined with the engine's layers; the engine then holds the means.
void join_profiles(ComparedEngine& compared, const std::vector<std::string>& files) {
  if (files.size() < 2) return;
  Engine& engine = compared.engine;
  double sum = 0;
  std::vector<double> means(engine.layer_count(), 0);
  for (const std::string& file : files) {
    Engine one = engine;
    join_profile(one, load_profile(read_file(file), file, *one.strings), file);
    const auto times = one.layers[layer::time_ms].values();
    compared.profiles.emplace_back(times.begin(), times.end());
    for (std::size_t i = 0; i < means.size(); ++i) means[i] += times[i];
    sum += one.profile.layer_time_ms;
  }
  const auto count = static_cast<double>(files.size());
  for (double& mean : means) mean /= count;
  sum /= count;
  std::vector<double> shares;
  shares.reserve(means.size());
  for (const double mean : means) shares.push_back(sum > 0 ? mean / sum : null_real);
  engine.layers.add(layer::time_ms, std::move(means)).add(layer::share, std::move(shares));
  engine.profile.layer_time_ms = sum;
}

// Several runs stand end to end, so that what differs from run to run counts as noise.
void join_timings(Engine& engine, const std::vector<std::string>& files) {
  for (std::size_t i = 1; i < files.size(); ++i) {
    Timing timing = load_timing(read_file(files[i]), files[i]);
    engine.timing = engine.timing.concat(timing.table);
    engine.notes.insert(engine.notes.end(), timing.notes.begin(), timing.notes.end());
    engine.sources.push_back({"timing", files[i], "named"});
  }
}

class Pair {
 public:
  Pair(const TwoEngines& options, Io& io) : o_(options), io_(io) {
    if (o_.opt_profile && (*o_.opt_profile < 0 || *o_.opt_profile > INT_MAX)) {
      fail("--opt-profile takes a number from 0, not {}", *o_.opt_profile);
    }
  }

  ComparedEngine load(EngineFiles found, bool is_b) {
    const auto& wanted_profiles = is_b ? o_.profiles_b : o_.profiles_a;
    const auto& wanted_timings = is_b ? o_.timings_b : o_.timings_a;
    const std::string option = is_b ? "-b" : "-a";
    const std::vector<std::string> profiles =
        files_of(wanted_profiles, {FileKind::profile, FileKind::torch_tensorrt_profile},
                 "--profile" + option);
    const std::vector<std::string> timings =
        files_of(wanted_timings, {FileKind::timing}, "--timing" + option);
    if (!profiles.empty()) found.profile = profiles[0];
    if (!timings.empty()) found.timing = timings[0];
    if (o_.opt_profile) found.opt_profile = static_cast<int>(*o_.opt_profile);
    const std::string& name = is_b ? o_.name_b : o_.name_a;
    if (!name.empty()) found.name = name;
    ComparedEngine compared;
    compared.engine = load_engine(found);
    warn_of_cut_graph(compared.engine, io_);
    join_profiles(compared, profiles);
    join_timings(compared.engine, timings);
    if (io_.verbose) say_what_was_used(compared.engine, io_);
    return compared;
  }

  // The engines of the arguments. Two arguments are taken one by one, so that both may be the same;
  // more are files of two engines.
  std::vector<EngineFiles> find() const {
    std::vector<EngineFiles> found;
    if (o_.engines.size() == 2) {
      for (const std::string& engine : o_.engines) {
        for (EngineFiles& files : find_engine_files({engine}, {}))
          found.push_back(std::move(files));
      }
    } else {
      found = find_engine_files(o_.engines, {});
    }
    return found;
  }

 private:
  const TwoEngines& o_;
  Io& io_;
};

ComparedEngine from_baseline(const TwoEngines& options) {
  report::EngineBaseline baseline =
      report::read_engine_baseline(read_file(options.baseline), options.baseline);
  if (!options.name_a.empty()) baseline.engine.name = options.name_a;
  return {std::move(baseline.engine), {}, std::move(baseline.findings)};
}

[[noreturn]] void fail_count(const std::vector<EngineFiles>& found, std::string_view wanted) {
  if (found.empty()) fail("trex diff takes {}", wanted);
  std::string list;
  for (const EngineFiles& files : found) {
    list += fmt::format("{}'{}'", list.empty() ? "" : ", ", files.graph);
  }
  fail("trex diff takes {}, but the arguments hold {}: {}", wanted, found.size(), list);
}

void tell_apart(Engine& a, Engine& b) {
  if (a.name != b.name) return;
  a.name += " (a)";
  b.name += " (b)";
}

}  // namespace

std::vector<Flag> two_engine_flags(TwoEngines& o) {
  return {
      {"ENGINE...", &o.engines, "the engine before and the engine after; after --baseline one"},
      {"--baseline FILE", &o.baseline, "what --write-baseline wrote, in the place of the first"},
      {"--profile-a FILE", &o.profiles_a,
       "a profile of the first; several, or a folder of them, tell which layer's change is noise"},
      {"--profile-b FILE", &o.profiles_b, "the same of the second"},
      {"--timing-a FILE", &o.timings_a, "a timing file of the first; several runs or a folder too"},
      {"--timing-b FILE", &o.timings_b, "the same of the second"},
      {"--name-a NAME", &o.name_a, "what to call the first"},
      {"--name-b NAME", &o.name_b, "what to call the second"},
      {"--opt-profile N", &o.opt_profile, "which optimization profile of both, from 0"},
  };
}

ComparedEngines load_two_engines(const TwoEngines& options, Io& io) {
  Pair pair(options, io);
  const std::vector<EngineFiles> found = pair.find();
  ComparedEngines engines;
  if (!options.baseline.empty()) {
    if (found.size() != 1) fail_count(found, "one engine beside --baseline");
    engines.a = from_baseline(options);
    engines.b = pair.load(found[0], true);
  } else {
    if (found.size() != 2) fail_count(found, "two engines");
    engines.a = pair.load(found[0], false);
    engines.b = pair.load(found[1], true);
  }
  tell_apart(engines.a.engine, engines.b.engine);
  return engines;
}

ComparedEngine load_last_engine(const TwoEngines& options, Io& io) {
  Pair pair(options, io);
  const std::vector<EngineFiles> found = pair.find();
  if (found.size() != 1) fail_count(found, "one engine to write a baseline of");
  return pair.load(found[0], true);
}

}  // namespace trex::cli
