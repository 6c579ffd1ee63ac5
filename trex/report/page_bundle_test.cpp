// The report's page: what is put into it, where, and that names cannot break out of it.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/page_bundle.hpp"

#include <gtest/gtest.h>

#include "trex/base/base64.hpp"
#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/gzip.hpp"
#include "trex/load/file_roles.hpp"
#include "trex/load/test_folder.hpp"

namespace trex::report {
namespace {

constexpr std::string_view page =
    "<body><script>var x = '<!-- report -->';</script><!-- report --></body>";

TEST(Base64, MatchesTheVectorsOfRfc4648) {
  const std::pair<std::string_view, std::string_view> cases[] = {{"", ""},
                                                                 {"f", "Zg=="},
                                                                 {"fo", "Zm8="},
                                                                 {"foo", "Zm9v"},
                                                                 {"foob", "Zm9vYg=="},
                                                                 {"fooba", "Zm9vYmE="},
                                                                 {"foobar", "Zm9vYmFy"},
                                                                 {"\xff\xfe", "//4="}};
  for (const auto& [bytes, text] : cases) EXPECT_EQ(base64(bytes), text);
}

TEST(DeflateGzip, GivesBackWhatItWasGivenAndTheSameEachTime) {
  std::string bytes;
  for (unsigned i = 0; i < 200'000; ++i) bytes += static_cast<char>(i * i >> 7);
  const std::string packed = deflate_gzip(bytes);
  EXPECT_LT(packed.size(), bytes.size());
  EXPECT_EQ(packed, deflate_gzip(bytes));
  EXPECT_EQ(inflate_gzip(packed, "packed", bytes.size()).view(), bytes);
  EXPECT_EQ(inflate_gzip(deflate_gzip(""), "packed", 1).view(), "");
}

class PageBundle : public ::testing::Test {
 protected:
  test::TestFolder folder_;
};

TEST_F(PageBundle, PutsTheFilesWhereTheLastMarkStands) {
  EngineFiles files;
  files.graph = folder_.write("x.graph.json", "{}");
  files.profile = folder_.write("x.profile.json", "[]");
  files.name = "x";
  files.opt_profile = 1;
  const std::string html = bundled_page(page, {&files, 1}, {.state = "view=graph"});
  const std::string packed = base64(deflate_gzip("{}"));
  const std::string expected =
      "<body><script>var x = '<!-- report -->';</script>"
      R"(<script type="application/json" id="trex-report">{"files":[)"
      R"({"name":"0/x.graph.json","gzip_base64":")" +
      packed +
      R"("},)"
      R"({"name":"0/x.profile.json","gzip_base64":")" +
      base64(deflate_gzip("[]")) +
      R"("}],)"
      R"("engines":[["0/x.graph.json","0/x.profile.json"]],"options":[{"name":"x","opt_profile":1}],"state":"view=graph"}</script></body>)";
  EXPECT_EQ(html, expected);
}

TEST_F(PageBundle, KeepsEnginesWithFilesOfOneNameApart) {
  EngineFiles files[2];
  files[0].graph = folder_.write("a/plan.json", "{}");
  files[1].graph = folder_.write("b/plan.json", "{}");
  files[1].profile = files[1].graph;  // graph and profile in one file
  const std::string html = bundled_page(page, files);
  EXPECT_NE(html.find(R"("engines":[["0/plan.json"],["1/plan.json"]])"), std::string::npos) << html;
}

// So that a file of a new kind is not forgotten here.
TEST_F(PageBundle, HoldsTheFileOfEveryRoleButTheOnnxModel) {
  EngineFiles files;
  std::string names;
  for (const FileRole& role : file_roles()) {
    const std::string name = role_word(role) + ".file";
    files.*role.path = folder_.write(name, name);
    if (role.path == &EngineFiles::onnx) continue;
    names += (names.empty() ? "\"0/" : ",\"0/") + name + "\"";
  }
  const std::string html = bundled_page(page, {&files, 1});
  EXPECT_NE(html.find("\"engines\":[[" + names + "]]"), std::string::npos) << html;
  EXPECT_NE(names.find("gpu_samples"), std::string::npos);
}

TEST_F(PageBundle, NamesCannotEndTheElement) {
  EngineFiles files;
  files.graph = folder_.write("<!--<script>alert(1)<.json", "{}");
  const std::string html = bundled_page("<!-- report -->", {&files, 1}, {.state = "</script>"});
  EXPECT_EQ(html.find("</script>"), html.size() - 9) << html;
  EXPECT_EQ(html.find("<!--"), std::string::npos);
}

TEST_F(PageBundle, RefusesAPageWithoutAPlace) {
  EXPECT_THROW(bundled_page("<body></body>", {}), Error);
}

TEST_F(PageBundle, HoldsAHistoryWithoutAnyEngine) {
  const std::string html =
      bundled_page(page, {}, {.state = "", .history = R"({"model": "a</script>", "series": []})"});
  EXPECT_EQ(html,
            "<body><script>var x = '<!-- report -->';</script>"
            R"(<script type="application/json" id="trex-report">)"
            R"({"files":[],"engines":[],"options":[],)"
            R"("history":{"model":"a\u003c/script>","series":[]}})"
            "</script></body>");
  EXPECT_THROW(bundled_page(page, {}, {.state = "", .history = "{"}), Error);
}

}  // namespace
}  // namespace trex::report
