// What must hold of residents, institutions and staff however they are changed: numbers with a check digit are right, and
// nobody else has them.
#pragma once
#include "services/keeping/change.h"

namespace witmed::keeping {

// Throws Rejection(422 or 409). `before` is the version that is changed, or nothing: numbers that stood there already are
// not judged again, for another institution's record of the same person may have them, and must stay correctable.
void judge_kept(const Request& request, const Value& resource, const Value& before = {});

}  // namespace witmed::keeping
