// Whether one resource meets a condition, by reading it and what it is linked with. Slow beside the indexes, and the meaning
// that they must agree with.
#pragma once
#include <map>
#include <memory>
#include <unordered_map>

#include "fhir/search/query.h"
#include "store/search/context.h"

namespace witmed::store {

class Candidates;

// A resource, or one that is contained in it.
struct Subject {
  fhir::TypeId type;
  std::string_view id;
  int64_t time;                           // meta.lastUpdated
  const fhir::Document& document;
  const fhir::Document* container = nullptr;  // of a contained resource
};

class Judge {
 public:
  explicit Judge(SearchContext& context);
  ~Judge();
  Judge(const Judge&) = delete;

  bool meets(const Subject& subject, const fhir::Condition& condition);
  bool meets(const Stored& stored, const fhir::Condition& condition);
  // Without the resource's text: for conditions that do not need it (needs_text).
  static bool needs_text(const fhir::Condition& condition);

 private:
  bool value(const Subject& subject, const fhir::Condition& condition);
  bool chain(const Subject& subject, const fhir::Condition& condition);
  bool has(const Subject& subject, const fhir::Condition& condition);
  bool near(const Subject& subject, const fhir::Condition& condition);
  bool listed(const Subject& subject, const fhir::Condition& condition);
  bool contained_meets(const Subject& subject, std::string_view id, const fhir::Condition& condition);
  bool target_meets(fhir::TypeId type, std::string_view id, const fhir::Condition& condition);

  SearchContext& context_;
  struct Question {
    const fhir::Condition* condition;
    Rid rid;
    bool operator==(const Question&) const = default;
  };
  struct Hash {
    size_t operator()(const Question& q) const { return std::hash<const void*>()(q.condition) ^ static_cast<size_t>(q.rid) * 0x9E3779B97F4A7C15ull; }
  };
  std::unordered_map<Question, bool, Hash> answers_;  // of chains' targets: many resources refer to the same ones
  std::map<const fhir::Condition*, std::unique_ptr<Candidates>> inner_;
  std::map<const fhir::Condition*, Node> lists_;
  std::map<std::pair<const fhir::Condition*, fhir::TypeId>, fhir::Condition> of_type_;
};

// The contained resource with this id ("#" left out); nothing when there is none.
fhir::Node contained(const fhir::Document& document, std::string_view id);

}  // namespace witmed::store
