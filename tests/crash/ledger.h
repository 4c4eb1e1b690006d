// What must be in a store, from what its server acknowledged and from what was still under way.
//
// The events, one a line, in the order they happened; a resource's revision is a number of ours inside it,
// not meta.versionId:
//   intend TYPE/ID REVISION        before a write is sent; revision -1 is a delete
//   done TYPE/ID REVISION          its acknowledgement; for a create with the server's id, the only event
//   intend-group NONCE COUNT TYPE/ID REVISION   before a transaction: COUNT Observations with identifier
//   NONCE and one update done-group NONCE               its acknowledgement refused TYPE/ID  |  refused-group
//   NONCE     answered 4xx: it must have changed nothing
// An answer of 5xx says nothing: what was intended stays under way, and may be there or not.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "support/http.h"

namespace witmed::crash {

inline constexpr int kAbsent = -2;   // never there
inline constexpr int kDeleted = -1;  // there once, deleted

struct Verdict {
  uint64_t acknowledged = 0;        // resources looked at whose last write was acknowledged
  uint64_t groups = 0;              // transactions looked at
  std::vector<std::string> faults;  // lost, changed, or half there
  void add(const Verdict& other);
};

class Ledger {
 public:
  void apply(std::string_view event);
  // Asks the server about everything that changed since the last settle(), and about every `stride`-th of the
  // rest.
  Verdict check(support::Client& client, unsigned stride = 1) const;
  // From here on what stands counts as old: check() samples it.
  void rest();
  // Takes what was under way when the server died as it is now.
  void settle(support::Client& client);
  size_t size() const { return items_.size(); }

 private:
  struct Item {
    int acknowledged = kAbsent;
    std::vector<int> pending;  // since then, oldest first
    bool fresh = true;         // changed since the last settle
  };
  struct Group {
    int count = 0;
    std::string item;  // updated together with the Observations
    int revision = 0;
    bool done = false, refused = false, fresh = true;
  };
  Verdict check_item(support::Client& client, const std::string& name, const Item& item) const;
  Verdict check_group(support::Client& client, const std::string& nonce, const Group& group) const;

  std::map<std::string, Item, std::less<>> items_;
  std::map<std::string, Group, std::less<>> groups_;
};

// The bodies that carry a revision, and how it is read back.
std::string patient(std::string_view id, int revision);
std::string observation(std::string_view nonce, int revision, std::string_view subject);
int revision_of(const support::Response& response);

inline constexpr std::string_view kSystem = "urn:witmed:crash";

}  // namespace witmed::crash
