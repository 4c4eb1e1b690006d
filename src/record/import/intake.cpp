#include <algorithm>

#include "base/hash.h"
#include "record/import/importer.h"

namespace witmed::record {
namespace {

using fhir::Definitions;
using fhir::Document;
using fhir::Node;
using fhir::Rejection;

// 26 characters that follow from the content alone.
std::string content_id(std::string_view text) {
  const Digest digest = sm3(text);
  static constexpr char digits[] = "0123456789abcdefghijklmnopqrstuv";
  std::string id = "c";
  for (size_t i = 0; i < 25; ++i) id.push_back(digits[digest[i] & 31]);
  return id;
}

std::string with_id(Node resource, const std::string& id) {
  std::string text = fhir::minify(resource);
  text.insert(1, "\"id\":" + fhir::quote(id) + (text.size() > 2 ? "," : ""));
  return text;
}

Operation operation_of(Node resource, std::string_view full_url) {
  const Node type_node = resource["resourceType"];
  const auto type = type_node ? Definitions::r4().type_id(type_node.string()) : fhir::TypeId{0};
  if (!Definitions::r4().is_resource(type))
    throw Rejection(400, "invalid", "This is not a FHIR R4 resource: resourceType is missing or unknown", "这不是 FHIR R4 资源：缺少 resourceType 或类型未知");
  Operation op;
  op.verb = Operation::Verb::update;
  op.type = type;
  op.full_url = full_url;
  if (const Node id = resource["id"]) {
    op.id = id.string();
    op.body = fhir::minify(resource);
    return op;
  }
  constexpr std::string_view uuid = "urn:uuid:";
  op.id = full_url.starts_with(uuid) ? std::string(full_url.substr(uuid.size())) : content_id(fhir::minify(resource));
  op.body = with_id(resource, op.id);
  return op;
}

Operation entry_operation(Node entry) {
  const Node full_url = entry["fullUrl"], request = entry["request"], resource = entry["resource"];
  const std::string method = request && request["method"] ? request["method"].string() : "PUT";
  if (method == "DELETE") throw Rejection(400, "not-supported", "An import adds and updates: DELETE entries are for POST [base]", "导入只增加和更新：请用 POST [base] 执行 DELETE");
  if (!resource) throw Rejection(400, "required", "The entry has no resource", "条目中没有资源");
  auto op = operation_of(resource, full_url ? full_url.string() : std::string());
  if (request && request["ifNoneExist"]) {
    op.verb = Operation::Verb::create;
    op.id.clear();
    op.condition = request["ifNoneExist"].string();
  }
  return op;
}

}  // namespace

Intake read_document(const std::string& text) {
  const auto document = Document::parse(text);
  const Node root = document.root();
  const Node type = root["resourceType"];
  Intake intake;
  const std::string kind = root["type"] ? root["type"].string() : std::string();
  const bool unfold = type && type.string() == "Bundle" && (kind == "batch" || kind == "transaction" || kind == "collection");
  if (!unfold) {
    intake.operations.push_back(operation_of(root, {}));
    return intake;
  }
  intake.together = kind != "batch";
  if (const Node entries = root["entry"])
    for (const Node entry : entries) intake.operations.push_back(entry_operation(entry));
  return intake;
}

}  // namespace witmed::record
