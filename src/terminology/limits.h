// How much terminology operations take from outside and give back, each with its reason.
#pragma once
#include <cstdint>

namespace witmed::terminology {

inline constexpr uint32_t kMaxConceptSets = 10'000;   // includes and excludes of a value set: R4's largest has 40
inline constexpr uint32_t kMaxImports = 30;           // value sets within each other
inline constexpr uint32_t kMaxWalked = 10'000;       // value sets that one request looks into, however often each is imported
inline constexpr uint32_t kMaxSuppliedResources = 500;  // tx-resource of one request
inline constexpr uint32_t kExpansionWhole = 1'000;    // codes of an expansion without count: more are too costly to list at once
inline constexpr uint32_t kExpansionPage = 10'000;    // codes of one page
inline constexpr uint32_t kSortedMatches = 200'000;   // codes that are held to be put in order
inline constexpr uint32_t kCodesInMessage = 20;       // versions or displays named in a message
inline constexpr uint32_t kClosureTables = 64;        // the one used longest ago makes room
inline constexpr uint32_t kClosureCodes = 5'000;      // of one table: each new one is compared with all
inline constexpr uint32_t kClosureRelations = 100'000;
inline constexpr uint32_t kMaxParameters = 2'000;     // of one request

}  // namespace witmed::terminology
