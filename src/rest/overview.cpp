// $overview: the figures of the region, from services/overview.
#include "services/overview/overview.h"

#include "rest/interactions.h"

namespace witmed::rest {

Answer overview(const Call& call) {
  Answer answer;
  answer.body = call.api.overview.text();
  return answer;
}

}  // namespace witmed::rest
