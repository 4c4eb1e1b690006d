// 建档与主数据: the operations by which residents and institutions are kept. Parameters are described in
// docs/keeping.md.
#pragma once
#include "services/operation.h"

namespace witmed::keeping {

services::Plan register_resident(const services::Request& request);
services::Plan duplicates(const services::Request& request);

// life_events.cpp
services::Plan move_in(const services::Request& request);
services::Plan move_out(const services::Request& request);
services::Plan lost(const services::Request& request);
services::Plan deceased(const services::Request& request);

// newborn.cpp
services::Plan register_newborn(const services::Request& request);
services::Plan identify(const services::Request& request);

// correction.cpp, undo.cpp
services::Plan correct(const services::Request& request);
services::Plan entered_in_error(const services::Request& request);
services::Plan reassign(const services::Request& request);
services::Plan undo(const services::Request& request);

// institution.cpp
services::Plan register_kept(const services::Request& request);
services::Plan rename_institution(const services::Request& request);
services::Plan merge_institution(const services::Request& request);

// import_residents.cpp, import_dictionary.cpp
services::Plan import_residents(const services::Request& request);
services::Plan import_institutions(const services::Request& request);
services::Plan import_staff(const services::Request& request);

}  // namespace witmed::keeping
