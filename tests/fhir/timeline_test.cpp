#include "fhir/search/timeline.h"

#include <gtest/gtest.h>

namespace witmed::fhir {
namespace {

TEST(Timeline, EveryRowNamesParametersOfR4) {
  size_t rows = 0;
  for (TypeId type : Definitions::r4().resource_types()) {
    const TimelineInfo* info = timeline(type);
    if (info == nullptr) continue;
    ++rows;
    SCOPED_TRACE(Definitions::r4().type(type).name);
    EXPECT_EQ(SearchIndex::r4().part(info->patient).type, SearchType::reference);
    for (PartId part : info->time) EXPECT_EQ(SearchIndex::r4().part(part).type, SearchType::date);
    for (PartId part : info->codes) EXPECT_EQ(SearchIndex::r4().part(part).type, SearchType::token);
  }
  EXPECT_GE(rows, 60u);
}

TEST(Timeline, ObservationByPatientDateAndCode) {
  const Definitions& r4 = Definitions::r4();
  const TimelineInfo* info = timeline(r4.type_id("Observation"));
  ASSERT_NE(info, nullptr);
  EXPECT_EQ(SearchIndex::r4().part(info->patient).expression, "Observation.subject");
  ASSERT_EQ(info->time.size(), 1u);
  EXPECT_EQ(SearchIndex::r4().part(info->time[0]).expression, "Observation.effective");
}

TEST(Timeline, WhatIsNobodysHasNone) { EXPECT_EQ(timeline(Definitions::r4().type_id("ValueSet")), nullptr); }

}  // namespace
}  // namespace witmed::fhir
