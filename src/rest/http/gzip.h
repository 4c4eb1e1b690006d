// gzip (RFC 1952) at the fastest level, for answers; the compressor's memory is kept by each thread.
#pragma once
#include <string>
#include <string_view>

namespace witmed::http {

inline constexpr size_t kGzipLeast = 1024;  // below it a packet is saved by nobody

std::string gzip(std::string_view text, int level = 1);
// Does an Accept-Encoding value (RFC 9110 section 12.5.3) allow gzip?
bool accepts_gzip(std::string_view accept_encoding);

}  // namespace witmed::http
