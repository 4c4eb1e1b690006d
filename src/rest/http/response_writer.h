// Answers that wait to be sent on one connection: heads built by hand into one buffer, large bodies left
// where they are, all sent with one scatter write.
#pragma once
#include <sys/uio.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rest/http/http.h"

namespace witmed::http {

class ResponseWriter {
 public:
  struct Context {
    std::string_view request_id;
    bool head_only = false;  // answer to HEAD: length without body
    bool close = false;      // the connection ends after this answer
  };
  void add(const Response& response, const Context& context);
  void add_raw(std::string_view text);
  void add_piece(std::shared_ptr<const std::string> text);  // of an endless body

  bool empty() const { return total_ == sent_; }
  size_t pending() const { return total_ - sent_; }
  // At most `count` pieces that are still to be sent; how many were filled.
  size_t pieces(iovec* out, size_t count) const;
  void sent(size_t bytes);  // drops what is done; the buffers are kept for the next answers

 private:
  struct Segment {
    std::string_view outside;                  // body, when not in head_
    size_t begin = 0, length = 0;              // in head_, or of `outside`
    std::shared_ptr<const std::string> owner;  // keeps `outside` alive
  };
  void add_head(const Response& response, const Context& context);
  std::string head_;
  std::vector<Segment> segments_;
  size_t total_ = 0, sent_ = 0;
};

// "Date: …" line of the current second; made once a second by each thread.
std::string_view date_line();

}  // namespace witmed::http
