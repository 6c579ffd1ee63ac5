// Processes that load engines and put them into a dataset.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/dataset_workers.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <map>
#include <new>
#include <unordered_set>

#include "trex/base/error.hpp"
#include "trex/base/file_handle.hpp"
#include "trex/base/json.hpp"
#include "trex/base/subprocess.hpp"
#include "trex/base/text.hpp"
#include "trex/cli/engine_options.hpp"

namespace trex::cli {
namespace {

constexpr int poll_ms = 200;
constexpr std::size_t most_jobs = 64;
constexpr std::size_t nothing = SIZE_MAX;

// What all processes see: who takes which engine next, and what each works at.
struct Shared {
  std::atomic<std::size_t> next{0}, done{0};
  std::atomic<std::size_t> current[most_jobs];
};

class SharedMemory {
 public:
  SharedMemory() {
    void* memory =
        mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) fail("no memory to share: {}", system_message(errno));
    shared_ = new (memory) Shared;
  }
  ~SharedMemory() { munmap(shared_, sizeof(Shared)); }
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;
  Shared* operator->() const { return shared_; }

 private:
  Shared* shared_ = nullptr;
};

// Within a process of its own: loads engines and tells the parent, a JSON line each, what became of
// them.
class Worker {
 public:
  Worker(const std::vector<EngineFiles>& engines, const std::vector<std::size_t>& order,
         const AddWork& work, SharedMemory& shared, std::size_t number, int pipe)
      : engines_(engines),
        order_(order),
        work_(work),
        shared_(shared),
        number_(number),
        pipe_(pipe) {}

  int run() {
    try {
      store::DatasetWriter writer(work_.dataset, work_.writer);
      for (std::size_t i = shared_->next++; i < order_.size(); i = shared_->next++) {
        shared_->current[number_] = order_[i];
        add(writer, order_[i]);
        ++shared_->done;
        if (writer.is_full()) commit(writer);
      }
      shared_->current[number_] = nothing;
      commit(writer);
      return 0;
    } catch (const Error& error) {
      tell(Json().set("fatal", error.what()));
    } catch (const std::exception& error) {
      tell(Json().set("fatal", fmt::format("out of memory, or worse: {}", error.what())));
    }
    return 1;
  }

 private:
  void add(store::DatasetWriter& writer, std::size_t engine) {
    store::DatasetWriter::Taken taken;
    try {
      const Engine loaded = load_engine(engines_[engine]);
      if (const Note* cut = cut_graph(loaded)) {  // its figures would stand among whole engines'
        fail("{}: the graph is cut off; copy or export it again", cut->file);
      }
      taken = writer.take(loaded, work_.given);
    } catch (const Error& error) {
      return tell(Json().set("engine", engine).set("failed", error.what()));
    }
    const bool was_there = taken.was_there;
    taken_.emplace_back(engine, std::move(taken));
    if (!was_there) return;
    tell_of(taken_.back(), "already there");
    taken_.pop_back();
  }

  void commit(store::DatasetWriter& writer) {
    const std::vector<std::string> ids = writer.commit();
    const std::unordered_set<std::string> added(ids.begin(), ids.end());
    for (const auto& one : taken_) {
      tell_of(one, added.count(one.second.id) > 0 ? "added" : "already there");
    }
    taken_.clear();
  }

  void tell_of(const std::pair<std::size_t, store::DatasetWriter::Taken>& one, const char* status) {
    Json partition;
    for (const auto& value : one.second.partition) partition.push(value);
    tell(Json()
             .set("engine", one.first)
             .set("status", status)
             .set("id", one.second.id)
             .set("name", one.second.name)
             .set("partition", partition));
  }

  void tell(const Json& message) {
    const std::string line = message.dump() + "\n";
    std::string_view rest = line;
    while (!rest.empty()) {
      const ssize_t written = write(pipe_, rest.data(), rest.size());
      if (written < 0 && errno != EINTR) _exit(1);  // nobody listens any more
      if (written > 0) rest.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  const std::vector<EngineFiles>& engines_;
  const std::vector<std::size_t>& order_;
  const AddWork& work_;
  SharedMemory& shared_;
  const std::size_t number_;
  const int pipe_;
  std::vector<std::pair<std::size_t, store::DatasetWriter::Taken>> taken_;
};

struct Child {
  pid_t process = -1;
  int pipe = -1;
  std::string text;  // a line that has not ended yet
};

class Workers {
 public:
  Workers(const std::vector<EngineFiles>& engines, const AddWork& work)
      : engines_(engines), work_(work), outcomes_(engines.size()) {}
  ~Workers() {
    for (const Child& child : children_) {
      if (child.process > 0) kill(child.process, SIGKILL);
      reap(child);
    }
  }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  std::vector<AddOutcome> run();

 private:
  void round(const std::vector<std::size_t>& order);
  void start(std::size_t number, const std::vector<std::size_t>& order);
  void listen();
  void read_from(std::size_t number);
  void hear(std::string_view line);
  void end(std::size_t number);
  static std::optional<ExitStatus> reap(const Child& child);

  const std::vector<EngineFiles>& engines_;
  const AddWork& work_;
  std::vector<AddOutcome> outcomes_;
  SharedMemory shared_;
  std::vector<Child> children_;
  std::string fatal_;
};

void Workers::start(std::size_t number, const std::vector<std::size_t>& order) {
  int ends[2];
  if (pipe(ends) != 0) fail("no pipe: {}", system_message(errno));
  shared_->current[number] = nothing;
  const pid_t parent = getpid();
  const pid_t process = fork();
  if (process < 0) fail("no further process: {}", system_message(errno));
  if (process == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // a dataset does not mind, and nobody is left to tell
    if (getppid() != parent) _exit(1);
    close(ends[0]);
    _exit(Worker(engines_, order, work_, shared_, number, ends[1]).run());
  }
  close(ends[1]);
  children_.push_back({process, ends[0], ""});
}

void Workers::hear(std::string_view line) {
  const Json message = parse_json(line, "worker");
  if (const Json* fatal = message.find("fatal")) {
    fatal_ = *fatal->text();
    return;
  }
  AddOutcome& outcome = outcomes_[static_cast<std::size_t>(*message.find("engine")->integer())];
  if (const Json* failed = message.find("failed")) {
    outcome.status = AddOutcome::Status::failed;
    outcome.message = *failed->text();
    return;
  }
  outcome.status = *message.find("status")->text() == "added" ? AddOutcome::Status::added
                                                              : AddOutcome::Status::already_there;
  outcome.id = *message.find("id")->text();
  outcome.name = *message.find("name")->text();
  const Json::Array& partition = *message.find("partition")->array();
  for (std::size_t i = 0; i < outcome.partition.size(); ++i) {
    const std::string* value = partition[i].text();
    outcome.partition[i] = value == nullptr ? std::nullopt : std::optional(*value);
  }
}

void Workers::read_from(std::size_t number) {
  Child& child = children_[number];
  char buffer[65536];
  const ssize_t count = read(child.pipe, buffer, sizeof buffer);
  if (count < 0 && errno == EINTR) return;
  if (count <= 0) return end(number);
  child.text.append(buffer, static_cast<std::size_t>(count));
  std::size_t begin = 0;
  for (std::size_t at = child.text.find('\n'); at != std::string::npos;
       at = child.text.find('\n', begin)) {
    hear(std::string_view(child.text).substr(begin, at - begin));
    begin = at + 1;
  }
  child.text.erase(0, begin);
}

std::optional<ExitStatus> Workers::reap(const Child& child) {
  if (child.process <= 0) return std::nullopt;
  if (child.pipe >= 0) close(child.pipe);
  int status = 0;
  while (waitpid(child.process, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) return ExitStatus{0, WTERMSIG(status)};
  return ExitStatus{WIFEXITED(status) ? WEXITSTATUS(status) : 1, 0};
}

// Its pipe is closed: it is done, or dead.
void Workers::end(std::size_t number) {
  const std::optional<ExitStatus> status = reap(children_[number]);
  children_[number] = {};
  const std::size_t engine = shared_->current[number];
  if (!status || status->is_success() || !fatal_.empty() || engine == nothing) return;
  AddOutcome& outcome = outcomes_[engine];
  if (outcome.status != AddOutcome::Status::untried) return;
  outcome.status = AddOutcome::Status::failed;
  outcome.message = fmt::format("the process that loaded it ended: {}", describe(*status));
}

void Workers::listen() {
  for (;;) {
    std::vector<pollfd> waiting;
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < children_.size(); ++i) {
      if (children_[i].process <= 0) continue;
      waiting.push_back({children_[i].pipe, POLLIN, 0});
      numbers.push_back(i);
    }
    if (waiting.empty()) return;
    poll(waiting.data(), waiting.size(), poll_ms);
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      if (waiting[i].revents != 0) read_from(numbers[i]);
    }
    if (work_.progress) work_.progress(shared_->done);
  }
}

void Workers::round(const std::vector<std::size_t>& order) {
  shared_->next = 0;
  children_.clear();
  const std::size_t jobs =
      std::clamp<std::size_t>(work_.jobs, 1, std::min(most_jobs, order.size()));
  for (std::size_t i = 0; i < jobs; ++i) start(i, order);
  listen();
  if (!fatal_.empty()) throw Error(fatal_);
}

std::vector<AddOutcome> Workers::run() {
  std::vector<std::size_t> order;
  std::size_t before = engines_.size() + 1;
  for (;;) {
    order.clear();
    for (std::size_t i = 0; i < outcomes_.size(); ++i) {
      if (outcomes_[i].status == AddOutcome::Status::untried) order.push_back(i);
    }
    // Each further round has lost at least the engine that ended a process.
    if (order.empty() || order.size() >= before) break;
    before = order.size();
    round(order);
  }
  for (const std::size_t engine : order) {
    outcomes_[engine] = {
        AddOutcome::Status::failed, "", "", {}, "the process that loaded it ended"};
  }
  return std::move(outcomes_);
}

}  // namespace

std::vector<AddOutcome> add_engines(const std::vector<EngineFiles>& engines, const AddWork& work) {
  return Workers(engines, work).run();
}

}  // namespace trex::cli
