// One order of commits that all writers agree on, and nothing lost or half done when one dies.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/dataset_log.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <set>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/store/dataset_staging.hpp"

namespace trex::store {
namespace {

class DatasetLogTest : public testing::Test {
 protected:
  DatasetLogTest() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    dataset_ = testing::TempDir() + "/" + test->name() + std::to_string(getpid());
    make_dataset(dataset_);
  }
  ~DatasetLogTest() override { std::filesystem::remove_all(dataset_); }

  // Stages one file and commits it; publishing is left to the caller.
  Commit commit(DatasetLog& log, const std::string& path, std::vector<std::string> ids,
                std::vector<std::string> removed = {}) {
    Staging staging(dataset_);
    write_flushed(staging.place_for(path), "PAR1");
    Commit made{.operation = removed.empty() ? "add" : "compact",
                .time = utc_now(),
                .staging = staging.name(),
                .added = {{path, path.substr(0, path.find('/')), 1, 4, "hash"}},
                .removed = std::move(removed),
                .engine_ids = std::move(ids)};
    while (!log.append(made)) log.read_on();
    staging.keep();
    return made;
  }

  std::string dataset_;
};

TEST_F(DatasetLogTest, IsTheSumOfItsCommits) {
  DatasetLog log(dataset_, DatasetLog::Engines::known);
  EXPECT_EQ(log.sequence(), 0);
  publish(dataset_, commit(log, "layers/model=a/1.parquet", {"x", "y"}));
  publish(dataset_, commit(log, "layers/model=a/2.parquet", {"z"}));
  publish(dataset_, commit(log, "layers/model=a/3.parquet", {},
                           {"layers/model=a/1.parquet", "layers/model=a/2.parquet"}));

  DatasetLog again(dataset_, DatasetLog::Engines::known);
  EXPECT_EQ(again.sequence(), 3);
  EXPECT_EQ(again.engine_count(), 3);
  EXPECT_TRUE(again.has_engine("x") && again.has_engine("y") && again.has_engine("z"));
  ASSERT_EQ(again.files().size(), 1u);
  EXPECT_EQ(again.files().begin()->first, "layers/model=a/3.parquet");
  EXPECT_EQ(files_below(join_path(dataset_, "layers")),
            std::vector<std::string>{"model=a/3.parquet"});
  EXPECT_EQ(files_below(join_path(dataset_, "_trash")).size(), 2u);
  EXPECT_TRUE(files_below(join_path(dataset_, "_staging")).empty());
}

TEST_F(DatasetLogTest, ANumberIsTakenOnce) {
  DatasetLog first(dataset_), second(dataset_);
  commit(first, "layers/1.parquet", {"x"});
  Staging staging(dataset_);
  Commit late{
      .operation = "add", .time = utc_now(), .staging = staging.name(), .engine_ids = {"x"}};
  EXPECT_FALSE(second.append(late));  // the number is the first one's
  second.read_on();
  EXPECT_EQ(second.engine_count(), 1);
  EXPECT_TRUE(second.append(late));
  EXPECT_EQ(late.sequence, 2);
}

TEST_F(DatasetLogTest, AReaderFindsFilesBeforeAndAfterTheyArePublished) {
  DatasetLog log(dataset_);
  const Commit made = commit(log, "layers/1.parquet", {"x"});
  const DatasetLog reader(dataset_);
  const DataFile& file = reader.files().at("layers/1.parquet");
  EXPECT_EQ(reader.path_of(file), dataset_ + "/_staging/" + made.staging + "/layers/1.parquet");
  EXPECT_EQ(publish_unfinished(log), 1u);
  EXPECT_EQ(reader.path_of(file), dataset_ + "/layers/1.parquet");
  EXPECT_EQ(publish_unfinished(log), 0u);
  publish(dataset_, made);  // by its slow writer: nothing is left to do
  EXPECT_TRUE(is_regular_file(dataset_ + "/layers/1.parquet"));
}

TEST_F(DatasetLogTest, ACheckpointStandsForWhatCameBefore) {
  DatasetLog log(dataset_, DatasetLog::Engines::known);
  publish(dataset_, commit(log, "layers/1.parquet", {"x"}));
  publish(dataset_, commit(log, "layers/2.parquet", {"y"}));
  log.write_checkpoint();
  // As a later compact does: the records are not needed any more.
  remove_if_there(dataset_ + "/_commits/" + commit_file_name(1));
  remove_if_there(dataset_ + "/_commits/" + commit_file_name(2));

  DatasetLog again(dataset_, DatasetLog::Engines::known);
  EXPECT_EQ(again.sequence(), 2);
  EXPECT_EQ(again.checkpoint(), 2);
  EXPECT_EQ(again.engine_count(), 2);
  EXPECT_TRUE(again.has_engine("x") && again.has_engine("y"));
  EXPECT_EQ(again.files(), log.files());
  EXPECT_EQ(commit(again, "layers/3.parquet", {"z"}).sequence, 3);
}

// It read the log at 0; by the time it commits, 1 and 2 have been made, checkpointed and cleaned
// away.
TEST_F(DatasetLogTest, ASlowWriterDoesNotTakeANumberAgain) {
  DatasetLog slow(dataset_, DatasetLog::Engines::known);
  DatasetLog log(dataset_, DatasetLog::Engines::known);
  publish(dataset_, commit(log, "layers/1.parquet", {"x"}));
  publish(dataset_, commit(log, "layers/2.parquet", {"y"}));
  log.write_checkpoint();
  remove_if_there(dataset_ + "/_commits/" + commit_file_name(1));
  remove_if_there(dataset_ + "/_commits/" + commit_file_name(2));

  Staging staging(dataset_);
  Commit late{
      .operation = "add", .time = utc_now(), .staging = staging.name(), .engine_ids = {"x"}};
  EXPECT_FALSE(slow.append(late));
  EXPECT_FALSE(is_regular_file(dataset_ + "/_commits/" + commit_file_name(1)));
  slow.read_on();
  EXPECT_TRUE(slow.has_engine("x"));
  EXPECT_EQ(slow.sequence(), 2);
}

TEST_F(DatasetLogTest, WhatADeadWriterLeftIsFoundAndALivingOnesIsNot) {
  DatasetLog log(dataset_);
  const Staging living(dataset_);
  write_flushed(living.place_for("layers/1.parquet"), "PAR1");
  std::string dead;
  {
    Staging left(dataset_);
    write_flushed(left.place_for("layers/2.parquet"), "PAR1");
    left.keep();  // as kill -9 would leave it: with a lock that nobody holds
    dead = left.name();
  }
  const std::string committed = commit(log, "layers/3.parquet", {"x"}).staging;
  EXPECT_TRUE(find_leftovers(log, 3600).staging.empty());
  const Leftovers found = find_leftovers(log, 0);
  EXPECT_EQ(found.staging, std::vector<std::string>{"_staging/" + dead});
  remove_leftovers(log, found);
  EXPECT_FALSE(is_directory(dataset_ + "/_staging/" + dead));
  EXPECT_TRUE(is_directory(living.path()));
  EXPECT_TRUE(is_directory(dataset_ + "/_staging/" + committed));
}

// Eight processes at once: every number once, every commit there.
TEST_F(DatasetLogTest, ManyWritersAgreeOnOneOrder) {
  constexpr int writers = 8, commits_each = 12;
  std::vector<pid_t> children;
  for (int writer = 0; writer < writers; ++writer) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      DatasetLog log(dataset_, DatasetLog::Engines::known);
      for (int i = 0; i < commits_each; ++i) {
        const std::string id = std::to_string(writer) + "-" + std::to_string(i);
        publish(dataset_, commit(log, "layers/" + id + ".parquet", {id}));
      }
      _exit(0);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  const DatasetLog log(dataset_, DatasetLog::Engines::known);
  EXPECT_EQ(log.sequence(), writers * commits_each);
  EXPECT_EQ(log.engines().size(), std::size_t{writers * commits_each});
  EXPECT_EQ(files_below(dataset_ + "/layers").size(), std::size_t{writers * commits_each});
}

TEST_F(DatasetLogTest, RefusesWhatIsNotOurs) {
  const auto message = [](const auto& act) -> std::string {
    try {
      act();
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(
      message([] { DatasetLog log("/nowhere/at/all"); }),
      "/nowhere/at/all: no dataset: it has no trex-dataset.json; make one with trex dataset add "
      "/nowhere/at/all ENGINE");
  write_file(dataset_ + "/trex-dataset.json", R"({"kind": "trex-dataset", "schema_version": 2})");
  EXPECT_EQ(
      message([&] { DatasetLog log(dataset_); }),
      dataset_ +
          "/trex-dataset.json: schema version 2 is newer than this trex, which knows 1: use a "
          "newer trex");
  const std::string other = dataset_ + "/other";
  make_directories(other);
  write_file(other + "/thesis.txt", "");
  EXPECT_EQ(
      message([&] { make_dataset(other); }),
      other + ": no dataset, and not empty: it holds 'thesis.txt'; give a new or an empty folder");
}

TEST(DatasetCommit, ReadsBackAndRefusesPathsThatLeadOut) {
  const Commit commit{7,
                      "add",
                      "2026-03-14T09:26:53Z",
                      "20260314T092650Z-1-ab",
                      {{"layers/model=a%2Fb/x.parquet", "layers", 3, 99, "abc"}},
                      {"layers/y.parquet"},
                      {"id1", "id2"}};
  const std::string text = to_text(commit);
  EXPECT_EQ(parse_commit(text, "c"), commit);
  EXPECT_EQ(commit_number(commit_file_name(7)), 7);
  EXPECT_EQ(checkpoint_number(checkpoint_file_name(7)), 7);
  EXPECT_EQ(commit_number(checkpoint_file_name(7)), std::nullopt);
  EXPECT_EQ(commit_number("000000000007.json.part"), std::nullopt);

  for (const std::string bad :
       {"../x.parquet", "layers/../../x.parquet", "/etc/x.parquet", "x.parquet", "layers/passwd",
        "_commits/x.parquet", ".git/x.parquet", "layers//x.parquet", "layers/./x.parquet"}) {
    SCOPED_TRACE(bad);
    Commit evil = commit;
    evil.removed = {bad};
    EXPECT_THROW(parse_commit(to_text(evil), "c"), Error);
  }
  Commit evil = commit;
  evil.staging = "../..";
  EXPECT_THROW(parse_commit(to_text(evil), "c"), Error);
  EXPECT_THROW(parse_commit("{}", "c"), Error);
  EXPECT_THROW(parse_commit("", "c"), Error);
}

}  // namespace
}  // namespace trex::store
