// What pages of a search, a history and $everything have in common.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "record/record.h"
#include "rest/bundle_writer.h"
#include "rest/params.h"

namespace witmed::rest {

// _count: limits::kPageDefault when absent, at most limits::kPageMax. Throws Rejection(400) when it is not a
// number.
uint32_t read_count(const Params& params);
// Parameters that concern the answer and not what is found: _format, _pretty, _count, _cursor, _summary,
// _elements.
bool is_result_param(std::string_view name);
// self and, when `next` is not empty, next: the same address with `_cursor`.
void write_links(BundleWriter& writer, std::string_view address, const Params& used, std::string_view next);
size_t page_bytes(const record::Page& page);

}  // namespace witmed::rest
