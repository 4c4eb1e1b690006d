#include "fhir/validate/attachment.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <vector>

#include "fhir/validate/names.h"

namespace witmed::fhir {
namespace {

// Bytes that base64 text stands for; padding and white space count for nothing.
size_t decoded_size(std::string_view text) {
  size_t digits = 0;
  for (char c : text) digits += c != '=' && c != ' ' && c != '\t' && c != '\r' && c != '\n';
  return digits * 6 / 8;
}

// "SHA-1 hash of the data": is it `stated`? Whatever is no base64 is a fault of another kind.
bool has_hash(const std::string& base64, size_t size, std::string_view stated) {
  std::vector<unsigned char> bytes(base64.size() / 4 * 3 + 3), digest(EVP_MAX_MD_SIZE), text(2 * EVP_MAX_MD_SIZE);
  unsigned int length = 0;
  if (EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(base64.data()), static_cast<int>(base64.size())) < 0)
    return true;
  if (EVP_Digest(bytes.data(), size, digest.data(), &length, EVP_sha1(), nullptr) != 1) return true;
  const int written = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(length));
  return stated == std::string_view(reinterpret_cast<const char*>(text.data()), static_cast<size_t>(written));
}

}  // namespace

void check_attachment(Node attachment, Faults& faults) {
  const Names& names = Names::get();
  const Node data = attachment[names.data], size = attachment[names.size], hash = attachment[names.hash];
  if (!data || data.kind() != Kind::string || (!size && !hash)) return;
  std::string scratch, stated;
  const std::string_view text = data.view(scratch);
  if (size && size.kind() == Kind::number) {
    const size_t real = decoded_size(text);
    if (size.raw() != std::to_string(real)) {
      faults.add(Fault{attachment, "value", "attachment-size", fmt::format("size says {} bytes, but data has {}", size.raw(), real),
                       fmt::format("size 写的是 {} 字节，data 实有 {} 字节", size.raw(), real), Severity::error, size});
    }
  }
  if (!hash || hash.kind() != Kind::string) return;
  std::string plain(text);
  std::erase_if(plain, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
  if (!has_hash(plain, decoded_size(plain), hash.view(stated))) {
    faults.add(Fault{attachment, "value", "attachment-hash", "hash is not the SHA-1 of data", "hash 与 data 的 SHA-1 不符",
                     Severity::error, hash});
  }
}

}  // namespace witmed::fhir
