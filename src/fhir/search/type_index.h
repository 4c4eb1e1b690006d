// The parts of one resource type, and how they are found.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fhir/fhirpath/fhirpath.h"
#include "fhir/search/extract.h"
#include "fhir/search/path_trie.h"

namespace witmed::fhir {

class TypeIndex {
 public:
  TypeIndex(TypeId resource, PartId first);

  const std::vector<Part>& parts() const { return parts_; }
  std::span<const PartId> ids() const { return ids_; }
  struct Param {
    std::vector<PartId> parts;
    std::vector<CompositeRoot> roots;
    TypeId target = 0;
  };
  const Param& param(const SearchParam& param) const;

  // `allowed`: numbers of the parts wanted, empty = all.
  void extract(ValueSink& sink, const std::vector<bool>& allowed) const;

 private:
  struct Source {  // where a part comes from, until the trie is built
    std::vector<PathChain> chains;
    size_t joined_depth = 0;
  };
  struct General {  // a part that is no plain path
    uint16_t part;
    Expression expression;
  };

  void add_param(const SearchParam& param, Param& out);
  void add_composite(const SearchParam& param, Param& out);
  CompositeComponent component(const Component& component, const std::string& root, size_t depth);
  PartId part(const Ast& ast, SearchType type);
  void describe_token(const std::vector<PathChain>& chains, Part& part) const;
  void build_trie();
  void walk(const PathBranch& branch, Node value, ValueSink& sink, const std::vector<bool>& allowed) const;
  void item(const PathBranch& branch, Node value, ValueSink& sink, const std::vector<bool>& allowed) const;
  void object(const std::vector<std::unique_ptr<PathBranch>>& branches, Node value, ValueSink& sink,
              const std::vector<bool>& allowed) const;
  void evaluate(const General& general, ValueSink& sink) const;

  TypeId resource_;
  PartId first_;
  std::vector<Part> parts_;
  std::vector<PartId> ids_;
  std::vector<Source> sources_;
  std::vector<General> general_;
  std::vector<Param> params_;  // in the order of Definitions::search_params
  PathTrie trie_;
};

}  // namespace witmed::fhir
