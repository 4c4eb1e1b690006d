#include "server/open.h"

#include "base/error.h"

namespace witmed::server {

fhir::ExtractSettings extract_settings(const Config& config) {
  fhir::ExtractSettings settings;
  settings.zone_minutes = static_cast<int>(config.number("region.zone_minutes"));
  settings.base_url = config.text("region.base_url");
  return settings;
}

store::SqliteSettings store_settings(const Config& config) {
  store::SqliteSettings settings;
  settings.extract = extract_settings(config);
  settings.folder = config.text("store.folder");
  const std::string& synchronous = config.text("store.synchronous");
  if (synchronous != "full" && synchronous != "off") throw Failure("store.synchronous must be full or off");
  settings.durable = synchronous == "full";
  settings.queue_writes = static_cast<uint32_t>(config.number("store.queue_writes"));
  settings.cache_bytes = static_cast<size_t>(config.number("store.cache_mb")) << 20;
  return settings;
}

record::CheckSettings check_settings(const Config& config) {
  using Level = record::CheckSettings::Level;
  record::CheckSettings settings;
  const std::string &level = config.text("validation.level"), &references = config.text("validation.references");
  if (level != "off" && level != "base" && level != "profiles") throw Failure("validation.level must be off, base or profiles");
  if (references != "on" && references != "off") throw Failure("validation.references must be on or off");
  settings.level = level == "off" ? Level::structure : level == "base" ? Level::base : Level::profiles;
  settings.references = references == "on";
  return settings;
}

}  // namespace witmed::server
