// A limit on everything that comes from outside, each with its reason. Configuration may lower some of them, never raise.
#pragma once
#include <cstdint>

namespace witmed::limits {

inline constexpr uint32_t kBodyBytes = 32u << 20;      // largest request body: a transaction Bundle of a long stay is ~10 MB
inline constexpr uint32_t kBodiesBytes = 512u << 20;   // bodies of all requests under way: 503 above, not the machine's memory
inline constexpr uint32_t kResourceBytes = 16u << 20;  // largest single resource: a Binary of 12 MB in base64
inline constexpr uint16_t kJsonDepth = 64;             // R4's own resources nest to about 20; Questionnaire items deeper
inline constexpr uint32_t kJsonNodes = 4'000'000;      // values in one document: 20 bytes each; 32 MB of real resources have ~1.3 M
inline constexpr uint32_t kUrlBytes = 64u << 10;       // longest request target: searches with hundreds of codes go by GET
inline constexpr uint32_t kHeaderBytes = 16u << 10;    // all headers of a request
inline constexpr uint32_t kPageDefault = 50;           // _count when not given
inline constexpr uint32_t kPageMax = 2000;             // _count at most: one person's whole record in one page
inline constexpr uint32_t kLookupTotal = 1000;         // residents that a lookup counts: beyond, the question is too short
inline constexpr uint32_t kSearchParams = 200;         // parameters of one search
inline constexpr uint32_t kSearchValues = 2000;        // values of all of them
inline constexpr int kSearchDepth = 8;                 // chains and _has within each other
inline constexpr uint32_t kHierarchy = 10'000;          // ids that :above and :below may lead to
inline constexpr uint32_t kLastnMatches = 100'000;      // observations that $lastn looks through: a long life has fewer
inline constexpr uint32_t kIncludesPerPage = 4000;     // resources that _include/_revinclude may add
inline constexpr uint32_t kBundleEntries = 10'000;     // entries of a batch or transaction
inline constexpr uint32_t kWriteQueue = 4096;          // operations that may wait for the writer before 503
inline constexpr uint32_t kConnections = 4096;         // open connections before new ones are refused
inline constexpr uint32_t kRequestSeconds = 30;        // deadline of a request
inline constexpr uint32_t kIdleSeconds = 60;           // a connection that says nothing is closed
inline constexpr uint32_t kFeedListeners = 256;        // open live feeds: each holds a connection and up to 64 KB that wait to be sent
inline constexpr uint32_t kHeaderSeconds = 10;         // a client must send its whole header within this

}  // namespace witmed::limits
