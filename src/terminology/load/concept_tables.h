// The tables of one layout into one code system.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "terminology/book/code_system_builder.h"
#include "terminology/load/layout.h"
#include "terminology/load/rows.h"

namespace witmed::terminology {

class ConceptTables {
 public:
  // `path`: of the first table; the others are looked for beside it.
  ConceptTables(const Layout& layout, std::string path, CodeSystemBuilder& builder, RowFaults& faults, std::function<void(double)> progress);
  void read();
  // What the builder found in addition: codes twice, parents that do not exist.
  void tell_builder_faults();
  uint64_t rows() const { return rows_; }

 private:
  struct Range {
    std::string from, to, code;
  };
  void read_table(const ConceptTable& table, const std::string& path);
  void read_ranges(const ConceptTable& table, Rows& rows, const std::string& path);
  void find_parents();
  const Range* narrowest(std::string_view code, const Range* but) const;

  const Layout& layout_;
  std::string path_;
  CodeSystemBuilder& builder_;
  RowFaults& faults_;
  std::function<void(double)> progress_;
  std::vector<Range> ranges_;
  std::vector<bool> has_parent_;  // by handle
  uint64_t rows_ = 0, told_ = 0;
};

}  // namespace witmed::terminology
