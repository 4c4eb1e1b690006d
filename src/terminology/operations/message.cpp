#include "terminology/operations/message.h"

namespace witmed::terminology {
namespace {

struct Text {
  Message message;
  std::string_view id, en, zh;  // {0}, {1} … stand for the words
};

// In the order of the enumeration.
constexpr Text kTexts[] = {
    {Message::not_in_value_set, "None_of_the_provided_codes_are_in_the_value_set_one",
     "The provided code {0} was not found in the value set '{1}'", "代码 {0} 不在值集“{1}”中"},
    {Message::no_valid_coding, "TX_GENERAL_CC_ERROR_MESSAGE", "No valid coding was found for the value set '{0}'",
     "没有属于值集“{0}”的有效编码"},
    {Message::unknown_system, "UNKNOWN_CODESYSTEM",
     "A definition for CodeSystem '{0}' could not be found, so the code cannot be validated", "没有代码系统“{0}”的定义，无法检验代码"},
    {Message::unknown_version, "UNKNOWN_CODESYSTEM_VERSION",
     "A definition for CodeSystem '{0}' version '{1}' could not be found, so the code cannot be validated. Valid versions: {2}",
     "没有代码系统“{0}”版本“{1}”的定义，无法检验代码；已有版本：{2}"},
    {Message::unknown_version_none, "UNKNOWN_CODESYSTEM_VERSION_NONE",
     "A definition for CodeSystem '{0}' version '{1}' could not be found, so the code cannot be validated. No versions of this code "
     "system are known",
     "没有代码系统“{0}”版本“{1}”的定义，无法检验代码；该系统没有任何已知版本"},
    {Message::unknown_system_expansion, "UNKNOWN_CODESYSTEM_EXP",
     "A definition for CodeSystem '{0}' could not be found, so the value set cannot be expanded", "没有代码系统“{0}”的定义，无法展开值集"},
    {Message::unknown_version_expansion, "UNKNOWN_CODESYSTEM_VERSION_EXP",
     "A definition for CodeSystem '{0}' version '{1}' could not be found, so the value set cannot be expanded. Valid versions: {2}",
     "没有代码系统“{0}”版本“{1}”的定义，无法展开值集；已有版本：{2}"},
    {Message::unknown_version_expansion_none, "UNKNOWN_CODESYSTEM_VERSION_EXP_NONE",
     "A definition for CodeSystem '{0}' version '{1}' could not be found, so the value set cannot be expanded. No versions of this "
     "code system are known",
     "没有代码系统“{0}”版本“{1}”的定义，无法展开值集；该系统没有任何已知版本"},
    {Message::unknown_code, "Unknown_Code_in", "Unknown code '{0}' in the CodeSystem '{1}'", "代码系统“{1}”中没有代码“{0}”"},
    {Message::unknown_code_version, "Unknown_Code_in_Version", "Unknown code '{0}' in the CodeSystem '{1}' version '{2}'",
     "代码系统“{1}”版本“{2}”中没有代码“{0}”"},
    {Message::unknown_code_fragment, "UNKNOWN_CODE_IN_FRAGMENT",
     "Unknown Code '{0}' in the CodeSystem '{1}' version '{2}' - note that the code system is labeled as a fragment, so the code may "
     "be valid in some other fragment",
     "代码系统“{1}”版本“{2}”中没有代码“{0}”；该系统只收录了一部分代码，此代码可能在其余部分中"},
    {Message::version_mismatch, "VALUESET_VALUE_MISMATCH",
     "The code system '{0}' version '{1}' in the ValueSet include is different to the one in the value ('{2}')",
     "值集引用代码系统“{0}”的版本“{1}”，与所给版本“{2}”不同"},
    {Message::version_mismatch_changed, "VALUESET_VALUE_MISMATCH_CHANGED",
     "The code system '{0}' version '{1}' resulting from the version '{2}' in the ValueSet include is different to the one in the "
     "value ('{3}')",
     "值集引用代码系统“{0}”的版本“{2}”，由此得到的版本“{1}”与所给版本“{3}”不同"},
    {Message::version_mismatch_default, "VALUESET_VALUE_MISMATCH_DEFAULT",
     "The code system '{0}' version '{1}' for the versionless include in the ValueSet include is different to the one in the value "
     "('{2}')",
     "值集未指明代码系统“{0}”的版本，所用版本“{1}”与所给版本“{2}”不同"},
    {Message::version_check, "VALUESET_VERSION_CHECK",
     "The version '{1}' is not allowed for system '{0}': required to be '{2}' by a version-check parameter",
     "代码系统“{0}”不允许使用版本“{1}”：版本检查参数要求“{2}”"},
    {Message::unknown_value_set, "Unable_to_resolve_value_Set_", "A definition for the value Set '{0}' could not be found",
     "没有值集“{0}”的定义"},
    {Message::unknown_import, "VS_EXP_IMPORT_UNK", "Unable to find included value set '{0}'", "找不到所引用的值集“{0}”"},
    {Message::unknown_import_version, "VS_EXP_IMPORT_UNK_PINNED", "Unable to find included value set '{0}' version '{1}'",
     "找不到所引用的值集“{0}”版本“{1}”"},
    {Message::circular, "VALUESET_CIRCULAR_REFERENCE",
     "Found a circularity pointing to {0} processing ValueSet with pathway [{1}]", "值集循环引用：{0}，路径为 [{1}]"},
    {Message::display_one, "Display_Name_for__should_be_one_of__instead_of",
     "Wrong Display Name '{0}' for {1}#{2}. Valid display is {3} (for the language(s) '{4}')",
     "{1}#{2} 的名称“{0}”有误，应为 {3}（语言：{4}）"},
    {Message::display_other, "Display_Name_for__should_be_one_of__instead_of",
     "Wrong Display Name '{0}' for {1}#{2}. Valid display is one of {5} choices: {3} (for the language(s) '{4}')",
     "{1}#{2} 的名称“{0}”有误，应为以下 {5} 个之一：{3}（语言：{4}）"},
    {Message::display_space_one, "Display_Name_WS_for__should_be_one_of__instead_of",
     "Wrong whitespace in Display Name '{0}' for {1}#{2}. Valid display is {3} (for the language(s) '{4}')",
     "{1}#{2} 的名称“{0}”空白有误，应为 {3}（语言：{4}）"},
    {Message::display_space_other, "Display_Name_WS_for__should_be_one_of__instead_of",
     "Wrong whitespace in Display Name '{0}' for {1}#{2}. Valid display is one of {5} choices: {3} (for the language(s) '{4}')",
     "{1}#{2} 的名称“{0}”空白有误，应为以下 {5} 个之一：{3}（语言：{4}）"},
    {Message::display_none_ok, "NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_OK",
     "There are no valid display names found for the code {1}#{2} for language(s) '{3}'. The display is '{0}' which is a valid display "
     "for the default language",
     "{1}#{2} 没有语言“{3}”的名称；“{0}”是默认语言的有效名称"},
    {Message::display_none_wrong, "NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_ERR",
     "Wrong Display Name '{0}' for {1}#{2}. There are no valid display names found for language(s) '{3}'. Default display is '{4}'",
     "{1}#{2} 的名称“{0}”有误；没有语言“{3}”的名称，默认名称为“{4}”"},
    {Message::display_none_at_all, "NO_VALID_DISPLAY_AT_ALL", "Cannot validate display Name '{0}' for {1}#{2}: No displays are known",
     "无法检验 {1}#{2} 的名称“{0}”：没有任何已知名称"},
    {Message::display_inactive, "INACTIVE_DISPLAY_FOUND",
     "'{0}' is no longer considered a correct display for code '{1}' (status = {2}). The correct display is one of {3}.",
     "“{0}”已不再是代码“{1}”的正确名称（状态：{2}），应为以下之一：{3}"},
    {Message::inactive, "INACTIVE_CONCEPT_FOUND", "The concept '{0}' has a status of {1} and its use should be reviewed",
     "概念“{0}”的状态为 {1}，请复核其使用"},
    {Message::inactive_too, "INACTIVE_CONCEPT_FOUND",
     "The concept '{0}' has a status of {1} and inactive and its use should be reviewed", "概念“{0}”的状态为 {1} 且已停用，请复核其使用"},
    {Message::deprecated, "DEPRECATED_CONCEPT_FOUND", "The concept '{0}' is deprecated and its use should be reviewed",
     "概念“{0}”已不推荐使用，请复核其使用"},
    {Message::deprecated_in_value_set, "CONCEPT_DEPRECATED_IN_VALUESET",
     "The presence of the concept '{0}' in the system '{1}' in the value set {3} is marked with a status of {2} and its use should be "
     "reviewed",
     "值集 {3} 中系统“{1}”的概念“{0}”标记为 {2}，请复核其使用"},
    {Message::not_active, "STATUS_CODE_WARNING_CODE", "The concept '{0}' is valid but is not active", "概念“{0}”有效但已停用"},
    {Message::abstract, "ABSTRACT_CODE_NOT_ALLOWED", "Code '{0}#{1}' is abstract, and not allowed in this context",
     "代码“{0}#{1}”是抽象概念，此处不可使用"},
    {Message::code_case, "CODE_CASE_DIFFERENCE",
     "The code '{0}' differs from the correct code '{1}' by case. Although the code system '{2}' is case insensitive, implementers are "
     "strongly encouraged to use the correct case anyway",
     "代码“{0}”与正确写法“{1}”大小写不同；代码系统“{2}”虽不区分大小写，仍应使用正确写法"},
    {Message::supplement_missing, "VALUESET_SUPPLEMENT_MISSING", "Required supplement not found: {0}", "缺少所需的补充：{0}"},
    {Message::is_supplement, "CODESYSTEM_CS_NO_SUPPLEMENT",
     "CodeSystem {0} is a supplement, so can't be used as a value in Coding.system", "代码系统 {0} 是补充，不能用作 Coding.system"},
    {Message::system_is_value_set, "Terminology_TX_System_ValueSet2",
     "The Coding references a value set, not a code system ('{0}')", "Coding 引用的是值集，不是代码系统（“{0}”）"},
    {Message::system_relative, "Terminology_TX_System_Relative",
     "Coding.system must be an absolute reference, not a local reference", "Coding.system 应为绝对地址，不能是本地引用"},
    {Message::no_system, "Coding_has_no_system__cannot_validate",
     "Coding has no system. A code with no system has no defined meaning, and it cannot be validated. A system should be provided",
     "Coding 没有 system；没有系统的代码含义不明，无法检验，应写明系统"},
    {Message::no_system_or_code, "Coding_has_no_system_or_code__cannot_validate",
     "Coding has no system or code, and it cannot be validated", "Coding 既没有 system 也没有 code，无法检验"},
    {Message::no_code, "", "Coding has no code for system {0} and cannot be validated", "Coding 没有系统 {0} 的代码，无法检验"},
    {Message::cannot_infer, "UNABLE_TO_INFER_CODESYSTEM",
     "The System URI could not be determined for the code '{0}' in the ValueSet '{1}' (systems: {2})", "无法由值集“{1}”判断代码“{0}”所属的系统（所含系统：{2}）"},
    {Message::cannot_infer_many, "Unable_to_resolve_system__value_set_has_multiple_matches",
     "The System URI could not be determined for the code '{0}' in the ValueSet '{1}': value set expansion has multiple matches: [{2}]",
     "无法由值集“{1}”判断代码“{0}”所属的系统：有多个系统符合：[{2}]"},
    {Message::filter_no_value, "UNABLE_TO_HANDLE_SYSTEM_FILTER_WITH_NO_VALUE",
     "The system {0} filter with property = {1}, op = {2} has no value", "系统 {0} 的过滤条件（属性 {1}，运算 {2}）没有值"},
    {Message::filter_not_understood, "FILTER_NOT_UNDERSTOOD",
     "The filter \"{0} {1} {2}\" was not understood in the context of {3}", "无法理解系统 {3} 的过滤条件“{0} {1} {2}”"},
    {Message::filter_bad_regex, "", "'{0}' is no regular expression", "“{0}”不是正则表达式"},
    {Message::filter_too_costly, "", "The filter \"{0} {1} {2}\" takes too long", "过滤条件“{0} {1} {2}”耗时过长"},
    {Message::too_costly, "VALUESET_TOO_COSTLY", "The value set '{0}' expansion has too many codes to produce ({1})",
     "值集“{0}”的代码过多，无法一次列出（{1}），请分页或加过滤条件"},
    {Message::bad_language, "INVALID_DISPLAY_NAME", "Invalid displayLanguage: '{0}'", "displayLanguage“{0}”不是语言"},
    {Message::draft, "MSG_DRAFT", "Reference to draft {0} {1}", "引用了草案状态的 {0} {1}"},
    {Message::withdrawn, "MSG_WITHDRAWN", "Reference to withdrawn {0} {1}", "引用了已撤回的 {0} {1}"},
    {Message::of_deprecated, "MSG_DEPRECATED", "Reference to deprecated {0} {1}", "引用了不推荐使用的 {0} {1}"},
    {Message::experimental, "MSG_EXPERIMENTAL", "Reference to experimental {0} {1}", "引用了试验性的 {0} {1}"},
    {Message::retired, "MSG_RETIRED", "Reference to retired {0} {1}", "引用了已停用的 {0} {1}"},
    {Message::no_content, "", "The code system definition for {0} has no content, so this expansion cannot be performed",
     "代码系统 {0} 的定义没有内容，无法展开"},
};

constexpr bool in_order() {
  for (size_t i = 0; i < std::size(kTexts); ++i)
    if (static_cast<size_t>(kTexts[i].message) != i) return false;
  return true;
}
static_assert(in_order() && std::size(kTexts) == static_cast<size_t>(Message::no_content) + 1);

}  // namespace

std::string_view message_id(Message message) { return kTexts[static_cast<size_t>(message)].id; }

std::string say(Message message, Tongue tongue, std::initializer_list<std::string_view> words) {
  const Text& text = kTexts[static_cast<size_t>(message)];
  const std::string_view form = tongue == Tongue::zh ? text.zh : text.en;
  std::string out;
  out.reserve(form.size() + 100);
  for (size_t i = 0; i < form.size(); ++i) {
    if (form[i] == '{' && i + 2 < form.size() && form[i + 2] == '}') {
      const auto index = static_cast<size_t>(form[i + 1] - '0');
      if (index < words.size()) out += words.begin()[index];
      i += 2;
    } else {
      out.push_back(form[i]);
    }
  }
  return out;
}

}  // namespace witmed::terminology
