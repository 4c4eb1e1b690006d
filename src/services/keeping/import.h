// What the three imports share: a table, a line at a time, one act for what is right in it.
#pragma once
#include <map>
#include <string>

#include "fhir/issue.h"
#include "services/keeping/change.h"
#include "services/keeping/csv.h"
#include "services/keeping/table.h"

namespace witmed::keeping {

inline constexpr size_t kImportRows = 500;  // at once: a page sends a longer table in pieces under one import number

using Fields = std::map<std::string_view, std::string>;  // by Column::field, empty ones left out

// Takes one line: adds to `findings`, and writes into `change` unless it is refused. Returns whether it wrote.
using TakeLine = std::function<bool(const Fields& fields, Change& change, std::vector<fhir::Issue>& findings)>;

Plan import_table(const Request& request, std::span<const Column> columns, const TakeLine& take);

fhir::Issue finding(fhir::Severity severity, const char* rule, std::string_view field, std::string en, std::string zh);
// An error among them, or a warning that the request does not `confirm`.
bool refused(const Request& request, const std::vector<fhir::Issue>& findings);

}  // namespace witmed::keeping
