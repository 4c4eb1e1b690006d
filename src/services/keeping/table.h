// Tables of residents, institutions and staff, as an import takes them and an export gives them: which column is which field.
#pragma once
#include <span>
#include <string_view>

namespace witmed::keeping {

struct Column {
  std::string_view field;  // of the form; "document.number" is a part
  std::string_view zh, en;
  std::string_view other;  // another heading that is met, or empty
};
std::span<const Column> resident_columns();
std::span<const Column> institution_columns();
std::span<const Column> staff_columns();

const Column* column_of(std::span<const Column> columns, std::string_view heading);

}  // namespace witmed::keeping
