// R4's own terminology and the project's (fhir/terminology/), packed at build time by pack_terminology.cpp:
//
//   blob  = count entry*                          numbers are u32, little endian; a text is its length and its bytes
//   entry = kind id url version content supplements valueSet resource
//   kind  = 0 CodeSystem | 1 ValueSet | 2 ConceptMap;  resource = JSON without narrative; texts are empty where there are none
//
// A resource is read when it is first asked for.
#include <cstring>

#include "base/error.h"
#include "terminology/library.h"

extern const char witmed_terminology_begin[], witmed_terminology_end[];

namespace witmed::terminology {
namespace {

class Reader {
 public:
  Reader(const char* begin, const char* end) : at_(begin), end_(end) {}
  uint32_t number() {
    uint32_t out = 0;
    if (end_ - at_ < 4) throw Failure("the packed terminology is cut short");
    std::memcpy(&out, at_, 4);
    at_ += 4;
    return out;
  }
  std::string_view text() {
    const uint32_t size = number();
    if (static_cast<size_t>(end_ - at_) < size) throw Failure("the packed terminology is cut short");
    const std::string_view out(at_, size);
    at_ += size;
    return out;
  }

 private:
  const char *at_, *end_;
};

Content content_of(std::string_view text) {
  for (const auto& [name, content] : {std::pair{"not-present", Content::not_present}, {"example", Content::example},
                                      {"fragment", Content::fragment}, {"supplement", Content::supplement}})
    if (text == name) return content;
  return Content::complete;
}

template <class T>
HeldPtr<T> held(Label label, std::string_view json) {
  return std::make_shared<const Held<T>>(std::move(label), [json] { return T::parse(json); });
}

void put_entry(Reader& in, Shelf& shelf) {
  const uint32_t kind = in.number();
  Label label;
  label.id = in.text();
  label.url = in.text();
  label.version = in.text();
  label.content = content_of(in.text());
  label.supplements = in.text();
  label.value_set = in.text();
  const std::string_view json = in.text();
  label.kind = kind == 1 ? Kind::value_set : kind == 2 ? Kind::concept_map
               : label.content == Content::supplement ? Kind::supplement : Kind::code_system;
  if (kind == 1) shelf.put(held<ValueSet>(std::move(label), json));
  else if (kind == 2) shelf.put(held<ConceptMap>(std::move(label), json));
  else if (!find_grammar(label.url)) shelf.put(held<System>(std::move(label), json));
}

std::shared_ptr<const Shelf> make() {
  auto shelf = std::make_shared<Shelf>();
  Reader in(witmed_terminology_begin, witmed_terminology_end);
  for (uint32_t left = in.number(); left > 0; --left) put_entry(in, *shelf);
  for (const Grammar* grammar : grammars()) {
    Label label;
    label.url = grammar->url;
    shelf->put(std::make_shared<const Held<System>>(std::move(label), std::make_shared<const System>(*grammar)));
  }
  return shelf;
}

}  // namespace

std::shared_ptr<const Shelf> delivered_shelf() {
  static const std::shared_ptr<const Shelf> shelf = make();
  return shelf;
}

}  // namespace witmed::terminology
