#include "rest/bundle_request.h"

#include "base/limits.h"
#include "fhir/json/document.h"

namespace witmed::rest {
namespace {

using fhir::Kind;
using fhir::Node;
using fhir::Rejection;

Rejection fault(std::string expression, const char* code, std::string en, std::string zh) {
  Rejection rejection(400, code, std::move(en), std::move(zh));
  rejection.issues[0].expression = std::move(expression);
  return rejection;
}

std::string member(Node object, std::string_view key) {
  Node value = object[key];
  return value && value.kind() == Kind::string ? value.string() : std::string();
}

// "http://host/fhir/Patient/1?x" and "Patient/1?x" → "/Patient/1", "x".
void read_url(std::string_view url, std::string_view base, BundleEntry& entry) {
  if (url.starts_with(base)) url.remove_prefix(base.size());
  size_t question = url.find('?');
  if (question != std::string_view::npos) entry.query = url.substr(question + 1);
  entry.route = read_route(url.substr(0, question));
}

void check_write(const BundleEntry& entry, const std::string& place) {
  bool instance = entry.route.shape == Shape::instance, type = entry.route.shape == Shape::type;
  bool fits = entry.method == "POST" ? type : instance || (type && !entry.query.empty());
  if (!fits)
    throw fault(place + ".request.url", "value",
                entry.method + " in a Bundle takes " +
                    (entry.method == "POST" ? "[type]" : "[type]/[id] or [type]?[criteria]"),
                "Bundle 中 " + entry.method + " 的地址应为 " +
                    (entry.method == "POST" ? "[类型]" : "[类型]/[标识] 或 [类型]?[条件]"));
  if (entry.method != "DELETE" && entry.body.empty())
    throw fault(place + ".resource", "required", entry.method + " needs a resource",
                entry.method + " 必须带有资源");
}

void read_request(Node node, std::string_view base, const std::string& place, BundleEntry& entry) {
  Node request = node["request"];
  if (!request || request.kind() != Kind::object)
    throw fault(place + ".request", "required", "every entry needs a request", "每个条目都必须有 request");
  entry.method = member(request, "method");
  entry.if_match = member(request, "ifMatch");
  entry.if_none_match = member(request, "ifNoneMatch");
  entry.if_none_exist = member(request, "ifNoneExist");
  entry.if_modified_since = member(request, "ifModifiedSince");
  std::string url = member(request, "url");
  if (url.empty())
    throw fault(place + ".request.url", "required", "request needs a url", "request 必须有 url");
  try {
    read_url(url, base, entry);
  } catch (Rejection& rejection) {
    rejection.issues[0].expression = place + ".request.url";
    throw;
  }
  if (entry.method == "GET" || entry.method == "HEAD") return;
  if (entry.method != "POST" && entry.method != "PUT" && entry.method != "DELETE")
    throw fault(place + ".request.method", "not-supported", "method is one of GET, HEAD, POST, PUT, DELETE",
                "method 只能是 GET、HEAD、POST、PUT 或 DELETE");
  check_write(entry, place);
}

BundleEntry read_entry(Node node, std::string_view base, const std::string& place, bool transaction) {
  BundleEntry entry;
  try {
    if (node.kind() != Kind::object) throw fault(place, "structure", "an entry is an object", "条目应为对象");
    entry.full_url = member(node, "fullUrl");
    if (Node resource = node["resource"]) entry.body = resource.raw();
    read_request(node, base, place, entry);
  } catch (const Rejection& rejection) {
    if (transaction) throw;
    entry.refused = rejection;
  }
  return entry;
}

}  // namespace

BundleRequest read_bundle(std::string_view json, std::string_view base) {
  fhir::Document document = fhir::Document::parse(json);
  Node root = document.root();
  if (root.kind() != Kind::object || member(root, "resourceType") != "Bundle")
    throw fault("Bundle", "invalid", "the base address takes a Bundle of type batch or transaction",
                "根地址只接受 batch 或 transaction 类型的 Bundle");
  BundleRequest request;
  std::string type = member(root, "type");
  request.transaction = type == "transaction";
  if (!request.transaction && type != "batch")
    throw fault("Bundle.type", "value",
                "the type must be batch or transaction; to store a Bundle, POST it to [base]/Bundle",
                "类型应为 batch 或 transaction；若要存储 Bundle，请提交到 [base]/Bundle");
  Node list = root["entry"];
  if (!list) return request;
  if (list.kind() != Kind::array)
    throw fault("Bundle.entry", "structure", "entry is a list", "entry 应为列表");
  for (Node node : list) {
    if (request.entries.size() == limits::kBundleEntries)
      throw Rejection(413, "too-long", "the Bundle has more entries than this server takes; send it in parts",
                      "Bundle 条目数超出限制；请分批发送");
    std::string place = "Bundle.entry[" + std::to_string(request.entries.size()) + "]";
    request.entries.push_back(read_entry(node, base, place, request.transaction));
  }
  return request;
}

}  // namespace witmed::rest
