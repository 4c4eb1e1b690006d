// What pack_definitions gathers from the npm package before it is written as the blob of format.h.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace witmed::fhir::pack {

struct Element {
  std::string path, name, base,
      type;  // type by name; a contentReference is already replaced by the type it names
  std::string binding;
  std::vector<std::string> targets;
  uint16_t min = 0, max = 1;
  uint8_t strength = 0;
  bool array = false, choice = false, modifier = false, summary = false;
};

struct Invariant {
  std::string key, path, expression, human;
  bool warning = false;
};

struct Component {
  std::string url, expression;
};

struct Param {
  std::string code, url, expression, type, base;
  std::vector<std::string> targets;
  std::vector<Component> components;
};

struct Type {
  std::string name, base, kind, regex;  // kind: primitive, complex, backbone, resource, abstract
  bool resource = false;                // concrete resource
  std::vector<Element> elements;
  std::vector<Invariant> invariants;
  std::vector<Param> params;
};

struct Rule {
  std::string type;
  std::vector<std::string> params;
};

struct Compartment {
  std::string name;
  std::vector<Rule> rules;
};

struct Model {
  std::map<std::string, Type> types;
  std::vector<Compartment> compartments;
  std::map<std::string, std::vector<std::string>> value_sets;  // url → code systems
};

// pack_structures.cpp: StructureDefinitions and CompartmentDefinitions of a Bundle file.
void read_profiles(const std::string& path, Model& model);
// pack_search.cpp: SearchParameters, split over the resource types they are listed under. After all profiles
// are read.
void read_search_parameters(const std::string& path, Model& model);
// pack_search.cpp: which code systems the value sets draw on that codes are bound to. After all profiles are read.
void read_value_sets(const std::string& path, Model& model);
// pack_blob.cpp
std::string write_blob(const Model& model);

}  // namespace witmed::fhir::pack
