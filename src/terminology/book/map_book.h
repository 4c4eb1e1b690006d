// A concept map (http://hl7.org/fhir/R4/conceptmap.html) as a book: read in place, found from either side by code.
// The same promises as CodeSystem's.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fhir/issue.h"
#include "fhir/json/document.h"
#include "terminology/book/image.h"
#include "terminology/book/image_writer.h"

namespace witmed::terminology {

struct MapBookGroup {
  std::string_view source, source_version, target, target_version;
  std::string_view unmapped_mode, unmapped_code, unmapped_display, unmapped_url;  // mode: provided | fixed | other-map; empty: none
};
// One source with one of its targets. `code` empty: known to have no target. `extra`: JSON object with dependsOn and product of
// the resource, or empty.
struct MapBookPair {
  std::string_view source_code, source_display;
  std::string_view code, display, equivalence, comment, extra;
};

class MapBook {
 public:
  explicit MapBook(Image image);  // throws Failure when it is no concept map

  const Image& image() const { return image_; }
  std::string_view url() const { return image_.head(HeadText::url); }
  std::string_view version() const { return image_.head(HeadText::version); }
  std::string_view name() const { return image_.head(HeadText::name); }
  std::string_view title() const { return image_.head(HeadText::title); }
  std::string_view status() const { return image_.head(HeadText::status); }
  std::string_view valid_from() const { return image_.head(HeadText::valid_from); }
  std::string_view valid_until() const { return image_.head(HeadText::valid_until); }
  // The ConceptMap resource without its groups, JSON; empty where the book was made from a table.
  std::string_view resource() const { return image_.head(HeadText::resource); }
  uint32_t size() const { return image_.items<MapTargetRecord>(Section::map_targets); }  // pairs

  uint32_t groups() const { return image_.items<GroupRecord>(Section::groups); }
  MapBookGroup group(uint32_t index) const;
  // All pairs with this source or target code, in the order of the table; exact comparison, O(log n).
  std::vector<MapBookPair> from(uint32_t group, std::string_view code) const;
  std::vector<MapBookPair> to(uint32_t group, std::string_view code) const;
  // Every pair of a group, by source code. `visit` returns false to stop.
  void each(uint32_t group, const std::function<bool(const MapBookPair&)>& visit) const;

 private:
  MapBookPair pair(uint32_t target) const;
  Image image_;
};

class MapBookBuilder {
 public:
  struct Head {
    std::string url, version, name, title, status = "active", date, valid_from, valid_until, resource;
  };
  explicit MapBookBuilder(Head head) : head_(std::move(head)) {}
  // Throws Rejection(422) without a url.
  static MapBookBuilder from_resource(fhir::Node concept_map);

  uint32_t group(const MapBookGroup& group);
  // A pair that is there already, and one without a source code, is left out.
  void add(uint32_t group, const MapBookPair& pair);
  size_t size() const { return pairs_.size(); }
  std::string finish();  // the image; Rejection(422) when it is too large
  const Head& head() const { return head_; }

 private:
  struct Pair {
    uint32_t group, source, source_display;
    MapTargetRecord target;
  };
  Head head_;
  ImageWriter out_;
  std::vector<GroupRecord> groups_;
  std::vector<Pair> pairs_;
};

}  // namespace witmed::terminology
