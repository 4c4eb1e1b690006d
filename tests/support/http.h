// The client that tests and load speak through.
#pragma once
#include "base/http_client.h"

namespace witmed::support {
using namespace witmed::client;
}
