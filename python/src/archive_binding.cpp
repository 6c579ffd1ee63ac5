// Archives (.tea) and the files in them for Python: the same code as `trex archive`.

// SPDX-License-Identifier: Apache-2.0
#include <pybind11/stl.h>

#include "python/src/bind.hpp"
#include "trex/base/error.hpp"
#include "trex/base/stored_file.hpp"
#include "trex/base/zip.hpp"
#include "trex/load/archive.hpp"
#include "trex/load/archive_folders.hpp"
#include "trex/load/file_roles.hpp"

namespace trex::python {
namespace {

using NoGil = py::call_guard<py::gil_scoped_release>;

class ArchiveReader {
 public:
  explicit ArchiveReader(const std::string& path) : reader_(read_stored_file(path), path) {}

  // Without the manifest, which is no file of the engine.
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const ZipEntry& entry : reader_.entries()) {
      if (entry.name != manifest_name) names.push_back(entry.name);
    }
    return names;
  }

  py::bytes read(const std::string& name) const {
    for (const ZipEntry& entry : reader_.entries()) {
      if (entry.name == name) return py::bytes(std::string(reader_.read(entry).view()));
    }
    throw py::key_error(reader_.path() + ": no '" + name + "'");
  }

 private:
  ZipReader reader_;
};

py::dict to_dict(const ArchiveContents& contents) {
  py::list members;
  for (const ArchiveMember& member : contents.members) {
    py::dict dict;
    dict["name"] = to_python(member.name);
    dict["kind"] = to_python(member.kind);
    dict["size"] = member.size;
    dict["packed_size"] = member.packed_size;
    dict["sha256"] = to_python(member.sha256);
    dict["problem"] = to_python(member.problem);
    members.append(dict);
  }
  py::dict dict;
  dict["engine"] = to_python(contents.engine);
  dict["is_sound"] = contents.is_sound();
  dict["has_manifest"] = contents.has_manifest;
  py::list problems;
  for (const std::string& problem : contents.problems) problems.append(to_python(problem));
  dict["problems"] = problems;
  dict["members"] = members;
  return dict;
}

// Runs `work` without the GIL.
template <class Work>
py::dict archive_work(const Work& work) {
  ArchiveContents contents;
  {
    const py::gil_scoped_release released;
    contents = work();
  }
  return to_dict(contents);
}

py::dict create(const std::string& path, const std::string& engine,
                const std::vector<std::string>& extra, bool with_engine, bool with_onnx) {
  return archive_work([&] {
    const std::vector<EngineFiles> found = find_engine_files({engine}, {});
    if (found.size() != 1) {
      fail("an archive holds one engine, but '{}' holds {}", engine, found.size());
    }
    const std::string folder = is_directory(engine) ? directory_of(join_path(engine, "x")) : "";
    const ArchiveChoice choice{.engine = with_engine, .onnx = with_onnx, .extra = extra};
    return write_archive(path, found[0].name, files_to_archive(found[0], folder, choice));
  });
}

py::dict write(const std::string& path, const std::string& engine,
               const std::vector<std::pair<std::string, py::bytes>>& members) {
  std::vector<ArchiveContent> contents;
  for (const auto& [name, bytes] : members) {
    contents.push_back({name, Bytes::from(std::string(std::string_view(bytes)))});
  }
  return archive_work([&] { return write_archive(path, engine, std::move(contents)); });
}

// By role ("graph", "profile" ...), the files of each engine that these paths hold.
std::vector<std::map<std::string, std::string>> find_files(const std::vector<std::string>& paths) {
  std::vector<std::map<std::string, std::string>> engines;
  for (const EngineFiles& files : find_engine_files(paths, {})) {
    std::map<std::string, std::string>& named = engines.emplace_back();
    named["name"] = files.name;
    for (const FileRole& role : file_roles()) {
      if (const std::string& path = files.*role.path; !path.empty()) named[role_word(role)] = path;
    }
  }
  return engines;
}

}  // namespace

void bind_archives(py::module_& module) {
  py::class_<ArchiveReader>(module, "ArchiveReader")
      .def(py::init<const std::string&>())
      .def("names", &ArchiveReader::names)
      .def("read", &ArchiveReader::read);
  module.def("is_archive", is_archive);
  module.def("archive_create", create);
  module.def("archive_write", write);
  module.def("archive_list", [](const std::string& path) {
    return archive_work([&] { return list_archive(path); });
  });
  module.def("archive_verify", [](const std::string& path) {
    return archive_work([&] { return verify_archive(path); });
  });
  module.def("archive_extract", [](const std::string& path, const std::string& folder, bool over) {
    return archive_work([&] { return extract_archive(path, folder, over); });
  });
  module.def("find_files", find_files, NoGil());
  // A file, also one in an archive ("x.tea/x.profile.json"), gzip unpacked.
  module.def("read_file", [](const std::string& path) {
    mount_around(path);
    return py::bytes(std::string(read_file(path).view()));
  });
}

}  // namespace trex::python
