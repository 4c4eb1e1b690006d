#include "fhir/validate/base_walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "fhir/reference.h"
#include "fhir/validate/attachment.h"
#include "fhir/validate/definition.h"
#include "fhir/validate/extension.h"
#include "fhir/validate/format.h"
#include "fhir/validate/markup.h"
#include "fhir/validate/names.h"
#include "fhir/validate/profile/walk.h"
#include "fhir/validate/questionnaire/response.h"
#include "fhir/validate/xhtml.h"

namespace witmed::fhir {
namespace {

// A container: a resource with those it contains. Local references and element ids are its own.
struct Container {
  std::vector<std::pair<std::string, uint32_t>> locals;  // "#id" as written, and its offset
  std::vector<std::pair<std::string, Node>> ids;         // of elements
};

class BaseWalk {
 public:
  explicit BaseWalk(Run& run) : run_(run), faults_(run.faults), types_(names_.r4.types()) {}

  // A resource of its own: the whole document, an entry of a Bundle, a parameter.
  void resource(Node node, const BundleIndex* bundle, const BundleIndex::Entry* entry) {
    if (node.kind() != Kind::object) return;
    Container container;
    std::swap(container, container_);
    inside({node, node, bundle, entry}, nullptr);
    contained(node);
    element_ids();
    std::swap(container, container_);
  }

 private:
  TypeId type_of(Node resource) {
    const Node named = resource[names_.resource_type];
    const TypeId type = named && named.kind() == Kind::string ? names_.r4.type_id(named.view(scratch_)) : TypeId{0};
    return names_.r4.is_resource(type) ? type : TypeId{0};
  }

  void inside(const Standing& standing, const Where* parent) {
    const TypeId type = type_of(standing.resource);
    if (!type || faults_.full()) return;
    std::optional<BundleIndex> bundle;
    const BundleIndex* before = entries_of_;
    if (type == names_.bundle) {
      bundle.emplace(standing.resource);
      entries_of_ = &*bundle;
      check_bundle(standing.resource, *bundle, faults_);
    }
    object(standing.resource, types_[type], standing, {nullptr, &types_[type], parent}, true);
    entries_of_ = before;
    check_definition(run_, standing.resource, type);
    if (type == names_.questionnaire_response) check_questionnaire_response(run_, standing);
    if (run_.options.profiles) check_stated_profiles(run_, standing, type);
  }

  // Members of an object, and the invariants of its type.
  void object(Node node, const Type& type, const Standing& standing, const Where& where, bool is_resource) {
    const TypeWork& work = book_.of(type.id);
    for (const Rule* rule : work.rules) run_.judge(*rule, node, type.id, standing);
    bool substance = is_resource;
    for (Node member : node) {
      if (faults_.full()) return;
      const NameId name = member.name();
      if (name == names_.id && !is_resource) {
        // ElementDefinitions have theirs by sdf-16 and sdf-17: once in the snapshot, once in the differential.
        if (member.kind() == Kind::string && type.id != names_.element_definition) container_.ids.emplace_back(member.string(), node);
        continue;
      }
      substance = true;
      if (const Element* element = type.element(name))
        value(member, *element, book_.of(type, *element), standing, where);
      else
        sibling(node, member, type, standing, where);
    }
    // ele-1. An object with nothing in it is a fault of structure.
    if (!substance && node.begin() != node.end())
      faults_.add(node, "invariant", "ele-1", "an element has a value or children, not only an id", "元素必须有值或子元素，不能只有 id");
  }

  void value(Node node, const Element& element, const ElementWork& work, const Standing& standing, const Where& where) {
    if (!work.look) return;
    if (node.kind() != Kind::array) return single(node, element, work, standing, where);
    for (Node item : node) {
      if (faults_.full()) return;
      single(item, element, work, standing, where);
    }
  }

  void single(Node node, const Element& element, const ElementWork& work, const Standing& standing, const Where& where) {
    if (element.primitive) return primitive(node, element, work, standing);
    if (node.kind() != Kind::object) return;
    const Type& type = types_[element.type];
    if (type.kind == TypeKind::abstract || type.kind == TypeKind::resource) return inner(node, element, standing, where);
    object(node, type, standing, {&element, &type, &where}, false);
    for (const Rule* rule : work.rules) run_.judge(*rule, node, element.type, standing);
    switch (book_.of(type.id).special) {
      case Special::none: break;
      case Special::reference: reference(node, element, standing); break;
      case Special::extension: check_extension(run_, node, element, standing, where); break;
      case Special::attachment: check_attachment(node, faults_); break;
      case Special::coding: system(node); break;
    }
    if (work.coded == Coded::coding && where.element && where.type->id == names_.codeable) return;  // judged with its CodeableConcept
    if (work.coded != Coded::none) run_.codes.judge(node, work.coded, {element.binding, element.binding_strength});
  }

  // `contained` stays in its container; Bundle.entry.resource, Parameters.parameter.resource stand for themselves.
  void inner(Node node, const Element& element, const Standing& standing, const Where& where) {
    if (element.name == names_.contained) {
      Standing within = standing;
      within.resource = node;
      return inside(within, &where);
    }
    const BundleIndex* bundle = entries_of_ ? entries_of_ : standing.bundle;
    const BundleIndex::Entry* entry = entries_of_ ? entries_of_->holder(node) : standing.entry;
    BaseWalk(run_).resource(node, bundle, entry);
  }

  void primitive(Node node, const Element& element, const ElementWork& work, const Standing& standing) {
    if (node.kind() == Kind::string) {
      if (work.local && node.raw().size() > 2 && node.raw()[1] == '#') container_.locals.emplace_back(node.string(), node.offset());
      if (element.type == names_.string) check_markup(node, run_);
      if (element.type == names_.xhtml) entities(node);
      if (work.local && element.type != names_.string) uri(node, element, standing);
    }
    if (node.kind() == Kind::null) return;
    for (const Rule* rule : work.rules) run_.judge(*rule, node, element.type, standing);
    if (work.coded != Coded::none) run_.codes.judge(node, work.coded, {element.binding, element.binding_strength});
  }

  // Canonical urls, uuids and oids, and the url of a definition.
  void uri(Node node, const Element& element, const Standing& standing) {
    std::string own;
    const std::string_view url = node.view(own);
    if ((url.starts_with("urn:uuid:") && !well_formed(Format::uuid, url)) || (url.starts_with("urn:oid:") && !well_formed(Format::oid, url)))
      return faults_.add(node, "value", "uri-form", fmt::format("{} is no valid uuid (lower case) or oid", excerpt(node)),
                         fmt::format("{} 不是有效的 uuid（小写）或 oid", excerpt(node)));
    const bool of_definition = element.name == names_.url && element.type == names_.uri && names_.r4.is_a(types_[type_of(standing.resource)].id, names_.domain_resource) &&
                               node.parent() == standing.resource;
    if (element.type != names_.canonical && !of_definition) return;
    if (url.empty() || url[0] == '#') return;
    if (url.find(':') == url.npos && run_.options.publishing)
      return faults_.add(node, "value", "canonical-relative", fmt::format("{} is not absolute, as a canonical url is", excerpt(node)),
                         fmt::format("{} 不是绝对地址，规范地址必须是绝对地址", excerpt(node)));
    // HL7's own addresses name the type of what stands there.
    const ReferenceParts parts = split_reference(url.substr(0, url.find('|')));
    const auto& allowed = element.targets;
    if (of_definition || !parts.type || parts.base != "http://hl7.org/fhir" || allowed.empty()) return;
    if (std::find(allowed.begin(), allowed.end(), parts.type) == allowed.end())
      faults_.add(node, "value", "canonical-type", fmt::format("{} cannot name a {}", element.path, types_[parts.type].name),
                  fmt::format("{} 不能指向 {}", element.path, types_[parts.type].name));
  }

  // "There is no support for HTML entities like &nbsp;" (http://hl7.org/fhir/R4/narrative.html#xhtml).
  void entities(Node div) {
    std::string scratch;
    const std::string_view entity = foreign_entity(div.view(scratch));
    if (entity.empty()) return;
    faults_.add(div, "invariant", "txt-1", fmt::format("XHTML within FHIR has no entity {}: write the character itself", entity),
                fmt::format("FHIR 的 XHTML 里没有实体 {}，请直接写该字符", entity));
  }

  // "_birthDate": id and extensions of a primitive, which has a value beside it or must have extensions (ele-1).
  void sibling(Node owner, Node member, const Type& type, const Standing& standing, const Where& where) {
    const NameId plain = names_.r4.plain(member.name());
    const Element* element = plain ? type.element(plain) : nullptr;
    if (!element || !element->primitive) return;
    const Node value = owner[plain];
    if (member.kind() == Kind::object) return beside(member, value, *element, standing, where);
    if (member.kind() != Kind::array) return;
    std::vector<Node> values;
    if (value && value.kind() == Kind::array)
      for (Node each : value) values.push_back(each);
    size_t i = 0;
    for (Node item : member) {
      if (item.kind() == Kind::object) beside(item, i < values.size() ? values[i] : Node(), *element, standing, where);
      ++i;
    }
  }

  void beside(Node node, Node value, const Element& element, const Standing& standing, const Where& where) {
    const bool has_value = value && value.kind() != Kind::null;
    bool substance = has_value;
    const ElementWork& work = book_.of(types_[where.type->id], element);
    if (!has_value && run_.options.publishing && work.coded == Coded::code && element.binding_strength == 4)
      faults_.add(node, "code-invalid", "binding-required", "a code is required, and none is given", "此处必须给出代码");
    const Type& holder = types_[names_.element];
    const Where here{&element, &types_[element.type], &where};
    for (Node member : node) {
      if (member.name() == names_.id) {
        if (member.kind() == Kind::string) container_.ids.emplace_back(member.string(), node);
        continue;
      }
      substance = true;
      if (const Element* inner = holder.element(member.name())) this->value(member, *inner, book_.of(holder, *inner), standing, here);
    }
    if (!substance && node.begin() != node.end())
      faults_.add(node, "invariant", "ele-1", "an element has a value or children, not only an id", "元素必须有值或子元素，不能只有 id");
  }

  void reference(Node node, const Element& element, const Standing& standing) {
    const Node text = node[names_.reference];
    if (!text || text.kind() != Kind::string) return;
    std::string own;
    const std::string_view reference = text.view(own);
    if (reference.empty()) return;
    if (reference[0] == '#') {
      if (reference.size() == 1) return;
      const Node target = contained_in(standing.root, reference.substr(1));
      if (!target) return faults_.add(node, "invariant", "ref-1", fmt::format("no contained resource has the id \"{}\"", reference.substr(1)),
                                      fmt::format("没有标识为“{}”的被包含资源", reference.substr(1)));
      return target_type(node, element, target);
    }
    if (reference.find(':') == reference.npos && reference.find('?') == reference.npos && split_reference(reference).type == 0 &&
        reference.find('/') == reference.npos) {
      return faults_.add(node, "value", "reference-format", fmt::format("\"{}\" is not of the form Type/id", reference),
                         fmt::format("“{}”不是“类型/标识”的形式", reference));
    }
    if (run_.options.publishing && reference.find(' ') != reference.npos && reference.find('?') == reference.npos) {
      return faults_.add(node, "value", "reference-format", fmt::format("\"{}\" is no address: it has a blank", reference),
                         fmt::format("“{}”含空格，不是有效的地址", reference));
    }
    if (standing.bundle && standing.entry) {
      in_bundle(node, reference, element, standing);
    } else if (run_.options.references && run_.world.resolver) {
      exists(node, reference, element);
    }
  }

  void in_bundle(Node node, std::string_view reference, const Element& element, const Standing& standing) {
    if (const auto* found = standing.bundle->lenient(reference, standing.entry)) {
      if (found->resource) target_type(node, element, found->resource);
    } else if (reference.starts_with("urn:uuid:") && bundle_type(standing) == "transaction") {
      faults_.add(node, "not-found", "bundle-reference", fmt::format("\"{}\" is not in the Bundle", reference),
                  fmt::format("Bundle 中没有“{}”", reference));
    } else if (standing.entry->full_url.empty() && reference.find(':') == reference.npos && reference.find('?') == reference.npos &&
               run_.options.publishing) {
      faults_.add(node, "value", "bundle-reference", "a relative reference means nothing in an entry without fullUrl",
                  "条目没有 fullUrl，其中的相对引用没有意义");
    } else if (run_.options.references && run_.world.resolver) {
      exists(node, reference, element);
    }
  }

  std::string bundle_type(const Standing& standing) {
    const Node root = standing.entry->entry.document().root();
    const Node type = root.kind() == Kind::object ? root[names_.type] : Node();
    return type ? type.string() : std::string();
  }

  void exists(Node node, std::string_view reference, const Element& element) {
    if (const Node target = run_.world.resolver->find(reference)) return target_type(node, element, target);
    const ReferenceParts parts = split_reference(reference);
    const bool elsewhere = parts.type == 0 ? !reference.starts_with("urn:uuid:") : !parts.base.empty();
    if (!elsewhere)
      faults_.add(node, "not-found", "reference-missing", fmt::format("there is no {}", reference), fmt::format("{} 不存在", reference));
  }

  void target_type(Node node, const Element& element, Node target) {
    const TypeId type = type_of(target);
    const auto& allowed = element.targets;
    if (!type || allowed.empty() || std::find(allowed.begin(), allowed.end(), type) != allowed.end()) return;
    faults_.add(node, "value", "reference-type", fmt::format("{} cannot refer to a {}", element.path, types_[type].name),
                fmt::format("{} 不能引用 {}", element.path, types_[type].name));
  }

  // Coding.system is an absolute uri, and of a code system.
  void system(Node coding) {
    const Node system = coding[names_.system];
    if (!system || system.kind() != Kind::string) return;
    const std::string_view url = system.view(scratch_);
    if (is_relative(url))
      faults_.add(system, "value", "system-relative", "a code system is named by an absolute uri", "代码系统须用绝对 URI 标识");
    else if (is_value_set(url))
      faults_.add(system, "value", "system-value-set", "this is a value set, not a code system", "这是值集，不是代码系统");
  }

  // dom-3, dom-4, dom-5 of what the container contains.
  void contained(Node node) {
    const Node list = node[names_.contained];
    if (!list || list.kind() != Kind::array) return;
    for (Node item : list) {
      if (item.kind() != Kind::object || faults_.full()) continue;
      if (const Node meta = item[names_.meta]; meta && meta.kind() == Kind::object) {
        if (meta[names_.version_id] || meta[names_.last_updated])
          faults_.add(item, "invariant", "dom-4", "a contained resource has no meta.versionId or meta.lastUpdated",
                      "被包含的资源不能有 meta.versionId 或 meta.lastUpdated");
        if (meta[names_.security])
          faults_.add(item, "invariant", "dom-5", "a contained resource has no security label", "被包含的资源不能有安全标签");
      }
      const Node id = item[names_.id];
      if (!id || id.kind() != Kind::string) continue;
      if (!mentioned(item, "#" + id.string()))
        faults_.add(item, "invariant", "dom-3", fmt::format("nothing refers to the contained resource {}", excerpt(id)),
                    fmt::format("被包含的资源 {} 没有被引用", excerpt(id)));
    }
  }

  // Something in the container names it, or it names its container.
  bool mentioned(Node item, std::string_view name) const {
    const uint32_t begin = item.offset(), end = begin + static_cast<uint32_t>(item.raw().size());
    return std::any_of(container_.locals.begin(), container_.locals.end(), [&](const auto& local) {
      return local.first == name || (local.first == "#" && local.second >= begin && local.second < end);
    });
  }

  // An id stands once in a resource.
  void element_ids() {
    if (container_.ids.size() < 2) return;
    std::set<std::string_view> seen;
    for (const auto& [id, node] : container_.ids) {
      if (!seen.insert(id).second)
        faults_.add(node, "duplicate", "id-twice", fmt::format("the id \"{}\" stands twice in this resource", id),
                    fmt::format("标识“{}”在本资源中重复", id));
    }
  }

  Run& run_;
  Faults& faults_;
  const Names& names_ = Names::get();
  const RuleBook& book_ = RuleBook::r4();
  std::span<const Type> types_;
  Container container_;
  const BundleIndex* entries_of_ = nullptr;  // of the Bundle whose entries are being walked
  std::string scratch_;
};

}  // namespace

void check_base(Node resource, Run& run) { BaseWalk(run).resource(resource, nullptr, nullptr); }

}  // namespace witmed::fhir
