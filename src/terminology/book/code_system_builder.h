// Makes a book of a code system: from a FHIR CodeSystem resource, or concept by concept.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/issue.h"
#include "fhir/json/document.h"
#include "terminology/book/format.h"

namespace witmed::terminology {

// What CodeSystem says of the whole; see code_system.h.
struct SystemHead {
  std::string url, version, name, title, title_zh, title_en, language, status = "active", value_set, supplements, date, valid_from,
      valid_until, resource;
  Content content = Content::complete;
  HierarchyMeaning hierarchy_meaning = HierarchyMeaning::is_a;
  bool case_sensitive = true, compositional = false, version_needed = false, experimental = false;
  uint32_t count = 0;
};

class CodeSystemBuilder {
 public:
  explicit CodeSystemBuilder(SystemHead head);
  ~CodeSystemBuilder();
  CodeSystemBuilder(CodeSystemBuilder&&) noexcept;

  // Nested concepts, and the properties parent, child and subsumedBy (by code or by their uri). Throws Rejection(422) without a
  // url; faults of single concepts are left in faults().
  static CodeSystemBuilder from_resource(fhir::Node code_system);

  SystemHead& head();

  // Index of the property, defined on first mention.
  uint32_t property(std::string_view code, PropertyType type, std::string_view uri = {}, std::string_view description = {});
  void filter(std::string_view code, std::string_view operators, std::string_view value, std::string_view description = {});

  // A handle for the calls below; it is no ConceptId: places are given by finish(). A code that is there already is a fault, and
  // gives its handle. An empty code is a fault and gives kNobody, with which the calls below do nothing.
  using Handle = uint32_t;
  static constexpr Handle kNobody = ~Handle{0};
  Handle add(std::string_view code, std::string_view display, std::string_view definition = {});
  Handle find(std::string_view code) const;  // kNobody when absent
  std::string code(Handle handle) const;
  void designation(Handle handle, std::string_view language, std::string_view value, std::string_view use_code = {},
                   std::string_view use_system = {}, std::string_view use_display = {}, std::string_view extension = {});
  // JSON list of the concept's extensions.
  void extension(Handle handle, std::string_view json);
  void value(Handle handle, uint32_t property, std::string_view text);
  void coding(Handle handle, uint32_t property, std::string_view system, std::string_view version, std::string_view code,
              std::string_view display);
  // `parent` may come later. The first is the one under which the concept stands in the order.
  void parent(Handle handle, std::string_view parent_code);
  // How common it is, for the order of search results: greater first. 0 by default.
  void weight(Handle handle, uint32_t weight);

  uint32_t size() const;

  // The image. Parents that do not exist, edges that close a circle and all that came before are left in faults(), and the book
  // is made without them. Throws Rejection(422) when it is larger than format.h allows or its hierarchy too tangled.
  std::string finish();
  // Warnings in the order met; expression is the code concerned. At most kMaxFaults are kept, all are counted.
  const std::vector<fhir::Issue>& faults() const;
  uint64_t fault_count() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace witmed::terminology
