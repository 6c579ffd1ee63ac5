// Reading tensor objects: the hottest part of a plan graph, three or four to a layer.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/plan_tensor.hpp"

#include <fmt/format.h>

namespace trex {
namespace {

class TensorReader {
 public:
  TensorReader(std::string_view list, PlanContext& context) : list_(list), context_(context) {}

  // `depth` is the object's own.
  void read(ondemand::object object, int depth, std::vector<RawTensor>& tensors,
            std::vector<RawWeights>& weights) {
    tensors.emplace_back();
    tensor_ = &tensors.back();
    tensor_->dims_known = false;
    if (!context_.spare_dims.empty()) {
      tensor_->dims = std::move(context_.spare_dims.back());
      context_.spare_dims.pop_back();
    }
    weights_ = {list_, {}, -1};
    seen_ = 0;
    context_.tensor_keys.begin_object();
    for (auto result : object) {
      ondemand::field field = take(std::move(result));
      std::string_view key;
      const PlanKeyMatch& match = context_.tensor_keys.take(field, key);
      read_field(match, {field.value(), key, depth});
    }
    if (weights_.count >= 0 && tensor_->name.empty()) weights.push_back(weights_);
    if (!tensor_->name.empty()) return;
    tensors.pop_back();
    if (weights_.count < 0) {
      context_.note(PlanOddity::tensor_without_name, {}, "a tensor without a name; it is left out");
    }
  }

 private:
  void read_field(const PlanKeyMatch& match, PlanField field) {
    const std::uint64_t bit = std::uint64_t{1} << static_cast<int>(match.key);
    if ((seen_ & bit) != 0 && match.key > PlanKey::other) {
      context_.note(PlanOddity::duplicate_key, field.key,
                    "the object has this key twice; the last one counts");
    }
    seen_ |= bit;
    if (!read_known(match.key, field)) {
      visit(field.value, field.depth);
    } else if (!match.exact) {
      context_.note_spelling(field.key, match);
    }
  }

  bool read_known(PlanKey key, PlanField field) {
    switch (key) {
      case PlanKey::name:
        set(tensor_->name, field);
        return true;
      case PlanKey::location:
        set(tensor_->location, field);
        return true;
      case PlanKey::format_datatype:
        set(tensor_->format, field);
        return true;
      case PlanKey::format:
        context_.has_split_format = true;
        set(tensor_->format, field);
        return true;
      case PlanKey::datatype:
        context_.has_split_format = true;
        set(tensor_->datatype, field);
        return true;
      case PlanKey::dimensions:
        tensor_->dims_known = read_dimensions(field, context_, tensor_->dims);
        return true;
      case PlanKey::type:
        set(weights_.type, field);
        return true;
      case PlanKey::count:
        weights_.count = read_integer(field, context_).value_or(-1);
        return true;
      default:
        return false;
    }
  }

  void set(std::string_view& text, PlanField field) {
    text = read_text(field, context_).value_or(std::string_view());
  }

  std::string_view list_;
  PlanContext& context_;
  RawTensor* tensor_ = nullptr;
  RawWeights weights_;
  std::uint64_t seen_ = 0;
};

void read_one(PlanField field, PlanContext& context, std::vector<RawTensor>& tensors,
              std::vector<RawWeights>& weights) {
  const ondemand::json_type type = take(field.value.type());
  if (type == ondemand::json_type::object) {
    TensorReader(field.key, context)
        .read(take(field.value.get_object()), field.depth + 1, tensors, weights);
    return;
  }
  if (type != ondemand::json_type::string) {
    visit(field.value, field.depth);
    if (context.notes.is_first(PlanOddity::wrong_type)) {
      context.notes.describe(context.path.text(),
                             fmt::format("expected a tensor (an object), got {}; it is left out",
                                         json_type_name(type)));
    }
    return;
  }
  context.note(PlanOddity::tensor_as_text, {},
               "expected a tensor (an object), got text; read as its name");
  RawTensor tensor;
  tensor.name = take_text(field.value);
  tensor.dims_known = false;
  tensors.push_back(std::move(tensor));
}

}  // namespace

void read_tensors(PlanField field, PlanContext& context, std::vector<RawTensor>& tensors,
                  std::vector<RawWeights>& weights) {
  const PathScope list(context.path, field.key);
  const ondemand::json_type type = take(field.value.type());
  if (type == ondemand::json_type::object) {
    context.note(PlanOddity::tensors_without_list, {},
                 "expected a list of tensors, got an object; read as its only tensor");
    read_one(field, context, tensors, weights);
    return;
  }
  if (type != ondemand::json_type::array) {
    visit(field.value, field.depth);
    if (type != ondemand::json_type::null) {
      note_wrong_type({field.value, {}, field.depth}, context, "a list of tensors", type);
    }
    return;
  }
  std::int64_t index = 0;
  for (auto result : take(field.value.get_array())) {
    ondemand::value element = take(std::move(result));
    const PathScope place(context.path, index++);
    read_one({element, field.key, field.depth + 1}, context, tensors, weights);
  }
}

}  // namespace trex
