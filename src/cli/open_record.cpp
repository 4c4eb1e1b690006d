#include "cli/open_record.h"

#include "server/open.h"
#include "server/settings.h"

namespace witmed::cli {

OpenedRecord open_record(const std::string& folder) {
  const auto config = server::read_config({}, {{"store.folder", folder, "--data"}});
  OpenedRecord opened;
  opened.store = store::open_sqlite(server::store_settings(config));
  opened.record = std::make_unique<record::Record>(opened.store, server::extract_settings(config));
  return opened;
}

}  // namespace witmed::cli
