// $overview: the figures of the region, from services/overview.
#include "rest/interactions.h"
#include "services/overview/overview.h"

namespace witmed::rest {

Answer overview(const Call& call) {
  Answer answer;
  answer.body = call.api.overview.text();
  return answer;
}

}  // namespace witmed::rest
