// Reading bindings: names, or objects with a ProfileInfo (min, opt and max shape) for each
// optimization profile.
//
// 8.x and 9.x name the bindings of a later optimization profile "x [profile 1]".

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/plan_bindings.hpp"

#include "trex/load/plan_layer.hpp"

namespace trex {
namespace {

struct ProfileShapes {
  std::string_view format;
  std::vector<std::int64_t> min_dims, opt_dims, max_dims;
};

class BindingReader {
 public:
  explicit BindingReader(PlanContext& context) : context_(context) {}

  void read(ondemand::object object, int depth, std::vector<RawBinding>& bindings) {
    for (auto result : object) {
      ondemand::field field = take(std::move(result));
      const std::string_view key = take_key(field);
      const PlanKeyMatch match = find_plan_key(key);
      if (!read_known(match.key, {field.value(), key, depth})) {
        visit(field.value(), depth);
      } else if (!match.exact) {
        context_.note_spelling(key, match);
      }
    }
    if (binding_.name.empty()) {
      context_.note(PlanOddity::binding_without_name, {},
                    "an input or output without a name; it is left out");
      return;
    }
    push_rows(bindings);
  }

 private:
  bool read_known(PlanKey key, PlanField field) {
    switch (key) {
      case PlanKey::name:
        set(binding_.name, field);
        return true;
      case PlanKey::io_mode:
        set(binding_.mode, field);
        return true;
      case PlanKey::datatype:
        set(binding_.datatype, field);
        return true;
      case PlanKey::format:
      case PlanKey::format_datatype:
        set(binding_.format, field);
        return true;
      case PlanKey::location:
        set(binding_.location, field);
        return true;
      case PlanKey::dimensions:
        binding_.dims_known = read_dimensions(field, context_, binding_.dims);
        return true;
      case PlanKey::is_shape_inference:
        binding_.shape_inference = read_flag(field, context_).value_or(false);
        return true;
      case PlanKey::profile_info:
        read_profiles(field);
        return true;
      default:
        return false;
    }
  }

  void read_profiles(PlanField field) {
    const PathScope place(context_.path, field.key);
    const ondemand::json_type type = take(field.value.type());
    if (type == ondemand::json_type::object) {  // of one profile
      read_profile(take(field.value.get_object()), field.depth + 1);
      return;
    }
    if (type != ondemand::json_type::array) {
      visit(field.value, field.depth);
      if (type != ondemand::json_type::null) {
        note_wrong_type({field.value, {}, field.depth}, context_, "a list of profiles", type);
      }
      return;
    }
    std::int64_t index = 0;
    for (auto result : take(field.value.get_array())) {
      ondemand::value element = take(std::move(result));
      const PathScope number(context_.path, index++);
      const ondemand::json_type element_type = take(element.type());
      if (element_type == ondemand::json_type::object) {
        read_profile(take(element.get_object()), field.depth + 2);
      } else {  // keeps its place: the number of the profile is its place in the list
        visit(element, field.depth + 1);
        profiles_.emplace_back();
        note_wrong_type({element, {}, field.depth}, context_, "an object", element_type);
      }
    }
  }

  void read_profile(ondemand::object object, int depth) {
    ProfileShapes shapes;
    for (auto result : object) {
      ondemand::field field = take(std::move(result));
      const std::string_view key = take_key(field);
      const PlanField part{field.value(), key, depth};
      switch (find_plan_key(key).key) {
        case PlanKey::min_shape:
          read_dimensions(part, context_, shapes.min_dims);
          break;
        case PlanKey::opt_shape:
          read_dimensions(part, context_, shapes.opt_dims);
          break;
        case PlanKey::max_shape:
          read_dimensions(part, context_, shapes.max_dims);
          break;
        case PlanKey::format:
          set(shapes.format, part);
          break;
        default:
          visit(field.value(), depth);
      }
    }
    profiles_.push_back(std::move(shapes));
  }

  void push_rows(std::vector<RawBinding>& bindings) {
    if (profiles_.empty()) {
      binding_.opt_profile = opt_profile_of(binding_.name);
      bindings.push_back(std::move(binding_));
      return;
    }
    for (std::size_t i = 0; i < profiles_.size(); ++i) {
      RawBinding row = binding_;
      row.opt_profile = static_cast<int>(i);
      row.min_dims = std::move(profiles_[i].min_dims);
      row.opt_dims = std::move(profiles_[i].opt_dims);
      row.max_dims = std::move(profiles_[i].max_dims);
      if (!profiles_[i].format.empty()) row.format = profiles_[i].format;
      bindings.push_back(std::move(row));
    }
  }

  void set(std::string_view& text, PlanField field) {
    text = read_text(field, context_).value_or(std::string_view());
  }

  PlanContext& context_;
  RawBinding binding_;
  std::vector<ProfileShapes> profiles_;
};

void read_one(PlanField field, PlanContext& context, std::vector<RawBinding>& bindings) {
  const ondemand::json_type type = take(field.value.type());
  if (type == ondemand::json_type::object) {
    BindingReader(context).read(take(field.value.get_object()), field.depth + 1, bindings);
    return;
  }
  if (type == ondemand::json_type::string) {
    RawBinding binding;
    binding.name = take_text(field.value);
    binding.opt_profile = opt_profile_of(binding.name);
    bindings.push_back(std::move(binding));
    return;
  }
  visit(field.value, field.depth);
  note_wrong_type(field, context, "a name or an object", type);
}

}  // namespace

void read_bindings(PlanField field, PlanContext& context, std::vector<RawBinding>& bindings) {
  const PathScope place(context.path, field.key);
  const ondemand::json_type type = take(field.value.type());
  if (type != ondemand::json_type::array) {
    visit(field.value, field.depth);
    if (type != ondemand::json_type::null) {
      note_wrong_type({field.value, {}, field.depth}, context, "a list of names or objects", type);
    }
    return;
  }
  std::int64_t index = 0;
  for (auto result : take(field.value.get_array())) {
    ondemand::value element = take(std::move(result));
    const PathScope number(context.path, index++);
    read_one({element, {}, field.depth + 1}, context, bindings);
  }
}

}  // namespace trex
