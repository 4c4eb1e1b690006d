// What must hold of residents, institutions and staff however they are changed: numbers with a check digit are right, and
// nobody else has them.
#pragma once
#include "services/keeping/change.h"

namespace witmed::keeping {

// Throws Rejection(422 or 409). `resource` has its id when it exists already.
void judge_kept(const Request& request, const Value& resource);

}  // namespace witmed::keeping
