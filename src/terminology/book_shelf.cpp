#include "terminology/book_shelf.h"

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "fhir/issue.h"

namespace witmed::terminology {
namespace {

namespace fs = std::filesystem;

void put(Image image, Shelf& shelf) {
  if (image.kind() == BookKind::resource) {
    shelf.put(std::make_shared<const std::string>(image.head(HeadText::resource)));
    return;
  }
  Label label;
  label.url = image.head(HeadText::url);
  label.version = image.head(HeadText::version);
  if (image.kind() == BookKind::concept_map) {
    label.kind = Kind::concept_map;
    shelf.put(std::make_shared<const Held<ConceptMap>>(std::move(label), [image] { return std::make_shared<const ConceptMap>(MapBook(image)); }));
    return;
  }
  const CodeSystem book(image);
  label.content = book.content();
  label.kind = label.content == Content::supplement ? Kind::supplement : Kind::code_system;
  label.supplements = book.supplements();
  label.value_set = book.value_set();
  shelf.put(std::make_shared<const Held<System>>(std::move(label), [book] { return std::make_shared<const System>(book); }));
}

}  // namespace

std::shared_ptr<const Shelf> open_books(const std::string& folder, const std::function<void(const std::string&, const std::string&)>& fault) {
  auto shelf = std::make_shared<Shelf>();
  std::error_code error;
  std::vector<std::string> paths;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().extension() == ".book") paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) {
    try {
      put(Image::map(path), *shelf);
    } catch (const std::exception& damaged) {
      fault(path, damaged.what());
    }
  }
  return shelf;
}

}  // namespace witmed::terminology
