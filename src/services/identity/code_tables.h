// 性别 GB/T 2261.1 and 民族 GB/T 3304: codes and names, both ways.
#pragma once
#include <optional>
#include <span>
#include <string_view>

namespace witmed::identity {

struct SexCode {
  std::string_view code;  // GB/T 2261.1: 0 未知, 1 男, 2 女, 9 未说明
  std::string_view zh;
  std::string_view gender;  // FHIR administrative-gender
};
std::span<const SexCode> sex_codes();
// From a code, a Chinese word or FHIR's word ("1", "男", "male"); nullptr when it is none of them.
const SexCode* sex_code(std::string_view text);

struct Nationality {
  std::string_view code;  // GB/T 3304: "01" … "56"; "97" 其他, "98" 外国血统
  std::string_view zh;    // "汉族"
};
std::span<const Nationality> nationalities();
// From a code ("1" or "01") or a name with or without 族; nullptr when it is none.
const Nationality* nationality(std::string_view text);

}  // namespace witmed::identity
