#include "fhir/validate/validate.h"

#include <fmt/format.h>

#include <algorithm>

#include "fhir/validate/faults.h"
#include "fhir/validate/format.h"
#include "fhir/validate/names.h"
#include "fhir/validate/reference.h"

namespace witmed::fhir {
namespace {

class Walker {
 public:
  explicit Walker(Faults& faults) : faults_(faults), words_(Names::get()), types_(words_.r4.types()) {}

  // `contained`: it stands in another resource's `contained`.
  void resource(Node node, bool contained) {
    if (node.kind() != Kind::object) return wrong_kind(node, Kind::object);
    const Node named = node[words_.resource_type];
    if (!named) {
      faults_.add(node, "required", "resource-type", "resourceType is missing", "缺少 resourceType");
      return;
    }
    if (named.kind() != Kind::string) return wrong_kind(named, Kind::string);
    const TypeId type = words_.r4.type_id(named.view(scratch_));
    if (!words_.r4.is_resource(type)) {
      faults_.add(named, "structure", "resource-type", fmt::format("{} is not a resource type of R4", excerpt(named)),
                  fmt::format("{} 不是 R4 的资源类型", excerpt(named)));
      return;
    }
    members(node, types_[type], true);
    if (const Node inner = contained ? node[words_.contained] : Node()) {
      faults_.add(inner, "structure", "contained-nested", "a contained resource cannot contain others",
                  "被包含的资源不能再包含资源");
    }
  }

 private:
  void members(Node node, const Type& type, bool is_resource) {
    uint32_t required = 0, groups = 0;
    for (Node member : node) {
      if (faults_.full()) return;
      bool sibling = false;
      const Element* element = find(type, member.name(), sibling);
      if (!element) {
        if (!is_resource || member.name() != words_.resource_type) unknown(node, member, type);
        continue;
      }
      if (element->required) required |= 1u << (element->required - 1);
      if (element->group) {
        const uint32_t bit = 1u << element->group;
        if (groups & bit) second_choice(node, member, type, *element);
        groups |= bit;
      }
      if (sibling)
        sibling_value(node, member, *element);
      else
        value(node, member, *element);
    }
    if (required != type.required) missing(node, type, required);
    if (node.begin() != node.end()) {
      if (type.id == words_.extension_type) extension(node, groups != 0);
    } else {
      faults_.add(node, "structure", "empty-object", "an object cannot be empty", "对象不能为空");
    }
  }

  // The element of a property, `sibling` when the property is its "_name".
  const Element* find(const Type& type, NameId name, bool& sibling) const {
    const Element* element = type.element(name);
    if (element || !name) return element;
    const NameId plain = words_.r4.plain(name);
    element = plain ? type.element(plain) : nullptr;
    sibling = element && element->primitive;
    return sibling ? element : nullptr;
  }

  void value(Node owner, Node node, const Element& element) {
    if (element.max == 0) {
      faults_.add(node, "structure", "element-forbidden", fmt::format("{} is not allowed here", element.path),
                  fmt::format("此处不允许 {}", element.path));
    }
    if (!element.array) {
      if (node.kind() == Kind::array) return unexpected_array(node, element);
      return single(node, element);
    }
    if (node.kind() != Kind::array) {
      faults_.add(node, "structure", "array-expected", fmt::format("{} repeats, so it must be an array", element.path),
                  fmt::format("{} 可重复，必须写成数组", element.path));
      return;
    }
    uint32_t count = 0;
    for (Node item : node) {
      if (faults_.full()) return;
      if (item.kind() == Kind::null && element.primitive)
        null_item(owner, item, count, element);
      else
        single(item, element);
      ++count;
    }
    if (count == 0) empty_array(node);
    constexpr uint32_t kMany = 0xffff;  // "*"
    if (element.max != kMany && count > element.max) {
      faults_.add(node, "structure", "too-many", fmt::format("{} can stand at most {} times", element.path, element.max),
                  fmt::format("{} 最多 {} 个", element.path, element.max));
    }
  }

  void single(Node node, const Element& element) {
    if (element.primitive) return primitive(node, element.type);
    const Type& type = types_[element.type];
    if (type.kind == TypeKind::abstract || type.kind == TypeKind::resource)
      return inner_resource(node, element, type);
    if (node.kind() != Kind::object) return wrong_kind(node, Kind::object);
    members(node, type, false);
    if (element.type == words_.reference_type) check_reference(node, element, faults_);
  }

  // `contained`, Bundle.entry.resource …; Bundle.entry.response.outcome alone names a type.
  void inner_resource(Node node, const Element& element, const Type& type) {
    resource(node, element.name == words_.contained);
    if (type.kind == TypeKind::abstract || node.kind() != Kind::object) return;
    const Node named = node[words_.resource_type];
    if (named && named.view(scratch_) != type.name) {
      faults_.add(named, "structure", "resource-type", fmt::format("{} must be a {}", element.path, type.name),
                  fmt::format("{} 必须是 {}", element.path, type.name));
    }
  }

  void primitive(Node node, TypeId type) {
    const Format format = format_of(type);
    const Kind expected = json_kind(format);
    if (node.kind() != expected) return wrong_kind(node, expected, &types_[type]);
    // Without escapes the parser has already refused everything that a string must not hold.
    if (format == Format::string && !node.escaped() && node.raw().size() > 2 && node.raw().size() < 1u << 20)
      return;
    if (!well_formed(format, node.view(scratch_))) malformed(node, format);
  }

  // `_birthDate`, `_given`: id and extensions of primitives, in an array of equal length where those repeat.
  void sibling_value(Node owner, Node node, const Element& element) {
    if (!element.array) {
      if (node.kind() != Kind::object) return wrong_kind(node, Kind::object);
      return members(node, types_[words_.element], false);
    }
    if (node.kind() != Kind::array) return wrong_kind(node, Kind::array);
    const Node plain = owner[element.name];
    uint32_t count = 0;
    for (Node item : node) {
      if (faults_.full()) return;
      ++count;
      if (item.kind() == Kind::object)
        members(item, types_[words_.element], false);
      else if (item.kind() != Kind::null)
        wrong_kind(item, Kind::object);
      else if (!plain)
        lone_null(item);
    }
    if (count == 0) empty_array(node);
    if (plain && plain.kind() == Kind::array && plain.size() != count) {
      faults_.add(node, "structure", "array-length", fmt::format("{} and {} must have equal length", plain.key(), node.key()),
                  fmt::format("{} 与 {} 的长度必须相等", plain.key(), node.key()));
    }
  }

  // A null among primitives stands for a value that has only an id or extensions.
  [[gnu::cold]] void null_item(Node owner, Node item, uint32_t index, const Element& element) {
    const Node siblings = owner[words_.r4.sibling(element.name)];
    if (siblings && siblings.kind() == Kind::array) {
      for (Node sibling : siblings) {
        if (index-- == 0) {
          if (sibling.kind() != Kind::null) return;
          break;
        }
      }
    }
    lone_null(item);
  }

  [[gnu::cold]] void lone_null(Node item) {
    faults_.add(item, "structure", "null", "null is only allowed where the other of the two arrays has a value",
                "只有在配对数组的同一位置有值时才允许 null");
  }

  [[gnu::cold]] void unknown(Node owner, Node member, const Type& type) {
    if (faults_.full()) return;
    const std::string_view near = nearest_name(member.key(), type);
    std::string en = fmt::format("{} has no property \"{}\"{}", type.name, member.key(),
                                 near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near));
    std::string zh = fmt::format("{} 没有属性“{}”{}", type.name, member.key(),
                                 near.empty() ? "" : fmt::format("，是否应为“{}”？", near));
    // No FHIRPath leads to what R4 does not know: its owner is named, and the line is its own.
    faults_.add(Fault{owner, "structure", "element-unknown", std::move(en), std::move(zh), Severity::error, member});
  }

  // Another alternative of the choice stands before this one. `_valueString` beside `valueString` is none.
  [[gnu::cold]] void second_choice(Node owner, Node member, const Type& type, const Element& element) {
    for (Node other : owner) {
      if (other == member) return;
      bool sibling = false;
      const Element* rival = find(type, other.name(), sibling);
      if (rival && rival->group == element.group && rival != &element) {
        faults_.add(member, "structure", "choice-twice",
                    fmt::format("only one of {} is allowed: {} stands here too", element.path, other.key()),
                    fmt::format("{} 只能有一个，此处已有 {}", element.path, other.key()));
        return;
      }
    }
  }

  [[gnu::cold]] void missing(Node node, const Type& type, uint32_t present) {
    for (const Element& element : type.elements) {
      const uint32_t bit = element.required ? 1u << (element.required - 1) : 0;
      if (!bit || (present & bit)) continue;
      present |= bit;
      faults_.add(node, "required", "element-missing", fmt::format("{} is required", element.path),
                  fmt::format("缺少必填的 {}", element.path));
    }
  }

  void extension(Node node, bool has_value) {
    const bool nested = static_cast<bool>(node[words_.extension]);
    if (has_value != nested) return;
    faults_.add(node, "invariant", "ext-1",
                nested ? "an extension cannot have both a value and extensions"
                       : "an extension needs a value or extensions",
                nested ? "扩展不能既有值又有子扩展" : "扩展必须有值或子扩展");
  }

  [[gnu::cold]] void unexpected_array(Node node, const Element& element) {
    faults_.add(node, "structure", "array-unexpected", fmt::format("{} does not repeat, so it cannot be an array", element.path),
                fmt::format("{} 不可重复，不能写成数组", element.path));
  }

  [[gnu::cold]] void empty_array(Node node) {
    faults_.add(node, "structure", "empty-array", "an array cannot be empty: leave the property out",
                "数组不能为空，请省略该属性");
  }

  [[gnu::cold]] void malformed(Node node, Format format) {
    const FormatHelp help = describe(format);
    if (node.raw() == "\"\"") {
      faults_.add(node, "value", "empty-string", "a string cannot be empty: leave the property out",
                  "字符串不能为空，请省略该属性");
      return;
    }
    faults_.add(node, "value", "format", fmt::format("{} is not a valid {}", excerpt(node), help.en),
                fmt::format("{} 不是有效的 {}", excerpt(node), help.zh));
  }

  [[gnu::cold]] void wrong_kind(Node node, Kind expected, const Type* type = nullptr) {
    const KindName want = kind_name(expected), have = kind_name(node.kind());
    const std::string what = type ? fmt::format(" ({})", type->name) : "";
    faults_.add(node, "structure", "json-type", fmt::format("expected {}{}, found {}", want.en, what, have.en),
                fmt::format("应为{}{}，实为{}", want.zh, what, have.zh));
  }

  Faults& faults_;
  const Names& words_;
  std::span<const Type> types_;
  std::string scratch_;
};

}  // namespace

void check_structure(Node resource, Faults& faults) { Walker(faults).resource(resource, false); }

std::vector<Issue> validate_structure(Node resource, size_t limit) {
  Faults faults(limit);
  check_structure(resource, faults);
  return faults.take();
}

std::vector<Issue> validate_structure(const Document& document, size_t limit) {
  return validate_structure(document.root(), limit);
}

}  // namespace witmed::fhir
