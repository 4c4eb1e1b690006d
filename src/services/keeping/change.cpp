#include "services/keeping/change.h"

#include "base/id.h"
#include "services/keeping/systems.h"

namespace witmed::keeping {
namespace {

using Verb = record::Operation::Verb;

fhir::TypeId type_of(std::string_view name) { return fhir::Definitions::r4().type_id(name); }

// The stored form without what the record itself writes.
std::string body_of(Value resource) {
  if (Value& meta = resource.in("meta"); meta) {
    meta.remove("versionId");
    meta.remove("lastUpdated");
    if (meta.members().empty()) resource.remove("meta");
  } else {
    resource.remove("meta");
  }
  return resource.json();
}

}  // namespace

Change::Change(const Request& request, Act act) : request_(request), act_(act), provenance_(new_id()) {
  if (std::string reason = request.text("reason"); !reason.empty()) say(std::move(reason));
}

void Change::target(std::string_view type, std::string_view id, uint64_t version) {
  targets_.add(Value::object(
      {{"reference", std::string(type) + "/" + std::string(id) + "/_history/" + std::to_string(version)}}));
}

std::string Change::create(std::string_view type, Value resource, std::string unique) {
  record::Operation write;
  write.verb = Verb::create;
  write.type = type_of(type);
  if (resource.text("id").empty()) resource.set("id", new_id());
  write.id = resource.text("id");
  write.body = body_of(std::move(resource));
  if (!unique.empty()) {
    write.condition = std::move(unique);
    write.exclusive = true;
  }
  target(type, write.id, 1);
  writes_.push_back(std::move(write));
  return writes_.back().id;
}

void Change::update(const record::Version& read, Value resource) {
  record::Operation write;
  write.verb = Verb::update;
  write.type = read.type;
  write.id = read.id;
  write.if_match = read.version;
  write.body = body_of(std::move(resource));
  target(fhir::Definitions::r4().type(read.type).name, read.id, read.version + 1);
  writes_.push_back(std::move(write));
}

void Change::remove(const record::Version& read) {
  record::Operation write;
  write.verb = Verb::remove;
  write.type = read.type;
  write.id = read.id;
  write.if_match = read.version;
  target(fhir::Definitions::r4().type(read.type).name, read.id, read.version + 1);
  writes_.push_back(std::move(write));
}

void Change::call_last(std::string key) { called_[std::move(key)] = writes_.size() - 1; }

bool Change::amend(const std::string& key, const std::function<void(Value&)>& edit) {
  const auto at = called_.find(key);
  if (at == called_.end()) return false;
  Value resource = Value::parse(writes_[at->second].body);
  edit(resource);
  writes_[at->second].body = resource.json();
  return true;
}

void Change::stands_on(std::string_view role, std::string reference) {
  entities_.add(Value::object({{"role", role}, {"what", Value::object({{"reference", reference}})}}));
}

void Change::tag(std::string_view system, std::string_view code) {
  tags_.add(Value::object({{"system", system}, {"code", code}}));
}

void Change::say(std::string reason) { reasons_.add(Value::object({{"text", reason}})); }

Plan Change::plan(std::vector<std::string> names) {
  const std::string by = request_.text("by");
  const Value who =
      Value::object({{"display", by.empty() ? "未登录的操作者（本服务器尚未启用身份认证）" : by}});
  record::Operation write;
  write.verb = Verb::create;
  write.type = type_of("Provenance");
  write.id = provenance_;
  write.body =
      Value::object(
          {{"resourceType", "Provenance"},
           {"id", provenance_},
           {"meta", tags_ ? Value::object({{"tag", tags_}}) : Value()},
           {"target", targets_},
           {"recorded", request_.moment()},
           {"reason", reasons_},
           {"activity", concept_of(systems::kAct, act_.code, act_.zh)},
           {"agent",
            Value::list({Value::object(
                {{"type",
                  concept_of("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "author")},
                 {"who", who}})})},
           {"entity", entities_}})
          .json();
  Plan plan;
  plan.writes = std::move(writes_);
  plan.writes.push_back(std::move(write));
  plan.answer = [names = std::move(names),
                 provenance = provenance_](const std::vector<record::OperationResult>& results) {
    std::vector<Value> list;
    for (size_t i = 0; i < names.size() && i < results.size(); ++i)
      if (!names[i].empty() && results[i].version.text)
        list.push_back(
            Value::object({{"name", names[i]}, {"resource", Value::parse(*results[i].version.text)}}));
    list.push_back(parameter("provenance", "valueReference", reference("Provenance", provenance)));
    return parameters(std::move(list));
  };
  return plan;
}

Value reference(std::string_view type, std::string_view id, std::string_view display) {
  return Value::object({{"reference", std::string(type) + "/" + std::string(id)},
                        {"display", display.empty() ? Value() : Value(display)}});
}

Value concept_of(std::string_view system, std::string_view code, std::string_view text) {
  return Value::object({{"coding", Value::list({Value::object({{"system", system}, {"code", code}})})},
                        {"text", text.empty() ? Value() : Value(text)}});
}

Value identifier(std::string_view system, std::string_view value, std::string_view use) {
  return Value::object({{"use", use.empty() ? Value() : Value(use)}, {"system", system}, {"value", value}});
}

const Value& extension(const Value& element, std::string_view url) {
  static const Value nothing;
  for (const Value& each : element.at("extension").items())
    if (each.text("url") == url) return each;
  return nothing;
}

void set_extension(Value& element, std::string_view url, std::string_view value_name, Value value) {
  Value kept;
  for (const Value& each : element.at("extension").items())
    if (each.text("url") != url) kept.add(each);
  if (value) kept.add(Value::object({{"url", url}, {value_name, value}}));
  if (kept)
    element.set("extension", kept);
  else
    element.remove("extension");
}

bool repoint(Value& value, const std::map<std::string, std::string>& moved) {
  bool changed = false;
  for (auto& [name, member] : value.members()) {
    if (name != "reference" || member.kind() != fhir::Kind::string) {
      changed = repoint(member, moved) || changed;
      continue;
    }
    const auto found = moved.find(std::string(member.text()));
    if (found == moved.end()) continue;
    member = Value(found->second);
    changed = true;
  }
  for (Value& item : value.items()) changed = repoint(item, moved) || changed;
  return changed;
}

Value parameter(std::string_view name, std::string_view value_name, Value value) {
  return Value::object({{"name", name}, {value_name, value}});
}

Value parts(std::string_view name, std::vector<Value> parts) {
  Value list;
  for (Value& each : parts) list.add(std::move(each));
  return Value::object({{"name", name}, {"part", list}});
}

Value parameters(std::vector<Value> list) {
  Value out = Value::object({{"resourceType", "Parameters"}}), items;
  for (Value& each : list) items.add(std::move(each));
  out.set("parameter", items);
  return out;
}

}  // namespace witmed::keeping
