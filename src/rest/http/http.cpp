#include "rest/http/http.h"

#include "base/text.h"

namespace witmed::http {

std::string_view Request::path() const { return target().substr(0, target().find('?')); }

std::string_view Request::query() const {
  size_t at = target().find('?');
  return at == std::string_view::npos ? std::string_view() : target().substr(at + 1);
}

std::string_view Request::header(std::string_view name) const {
  for (const Field& field : fields_)
    if (field.name.length == name.size() && equal_nocase(view(field.name), name)) return view(field.value);
  return {};
}

void Request::clear() {
  text_.clear();
  fields_.clear();
  body.clear();
  method_ = target_ = {};
  keep_alive = true;
}

Request::Piece Request::keep(std::string_view text) {
  Piece piece{static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(text.size())};
  text_ += text;
  return piece;
}

void Request::set_line(std::string_view method, std::string_view target) {
  method_ = keep(method);
  target_ = keep(target);
}

void Request::add_header(std::string_view name, std::string_view value) {
  fields_.push_back({keep(name), keep(value)});
}

Response& Response::add(std::string_view name, std::string_view value) {
  headers += name;
  headers += ": ";
  for (char c : value)
    if (static_cast<unsigned char>(c) >= ' ' && c != 0x7f) headers += c;
  headers += "\r\n";
  return *this;
}

std::string_view reason(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    default: return "Status";
  }
}

}  // namespace witmed::http
