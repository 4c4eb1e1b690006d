// What terminology operations say, in English as HL7's terminology ecosystem words it (clients compare these texts) and in
// Chinese. Each message has the id that the ecosystem gives it.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

namespace witmed::terminology {

enum class Tongue : uint8_t { en, zh };

enum class Message : uint8_t {
  not_in_value_set,      // codes, value set
  no_valid_coding,       // value set
  unknown_system,        // system
  unknown_version,       // system, version, known versions
  unknown_version_none,  // system, version
  unknown_system_expansion,        // system
  unknown_version_expansion,       // system, version, known versions
  unknown_version_expansion_none,  // system, version
  unknown_code,          // code, system
  unknown_code_version,  // code, system, version
  unknown_code_fragment, // code, system, version
  version_mismatch,      // system, version of the include, version of the coding
  version_mismatch_changed,  // system, version, version of the include, version of the coding
  version_mismatch_default,  // system, version, version of the coding
  version_check,         // system, version, wanted
  unknown_value_set,     // value set
  unknown_import,        // value set
  unknown_import_version,  // value set, version
  circular,              // value set, path
  display_one,           // display, system, code, right, languages
  display_other,         // display, system, code, right, languages, how many
  display_space_one,
  display_space_other,
  display_none_ok,       // display, system, code, languages
  display_none_wrong,    // display, system, code, languages, default display
  display_none_at_all,   // display, system, code
  display_inactive,      // display, code, status, right
  inactive,              // code, status
  inactive_too,          // code, status
  deprecated,            // code
  deprecated_in_value_set,  // code, system, status, value set
  not_active,            // code
  abstract,              // system, code
  code_case,             // code, right code, system
  supplement_missing,    // supplements
  is_supplement,         // canonical
  system_is_value_set,   // system
  system_relative,
  no_system,
  no_system_or_code,
  no_code,               // system
  cannot_infer,          // code, value set, systems
  cannot_infer_many,     // code, value set, systems
  filter_no_value,       // system, property, op
  filter_not_understood, // property, op, value, system
  filter_bad_regex,      // value
  filter_too_costly,     // property, op, value
  too_costly,            // value set, limit
  bad_language,          // text
  draft, withdrawn, of_deprecated, experimental, retired,  // kind of resource, canonical
  no_content,            // system
};

std::string_view message_id(Message message);
std::string say(Message message, Tongue tongue, std::initializer_list<std::string_view> words);

}  // namespace witmed::terminology
