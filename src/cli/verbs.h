// The verbs of `witmed`, one file each. A verb describes itself to CLI11 and leaves what is to be done in
// `action`.
#pragma once
#include <functional>

namespace CLI {
class App;
}

namespace witmed::cli {

using Action = std::function<int()>;  // returns the exit status

void add_serve(CLI::App& app, Action& action);
void add_terminology(CLI::App& app, Action& action);
void add_fhirpath(CLI::App& app, Action& action);
void add_generate(CLI::App& app, Action& action);
void add_validate(CLI::App& app, Action& action);
void add_import(CLI::App& app, Action& action);
void add_backup(CLI::App& app, Action& action);
void add_export(CLI::App& app, Action& action);
void add_restore(CLI::App& app, Action& action);
void add_verify(CLI::App& app, Action& action);
void add_version(CLI::App& app, Action& action);

}  // namespace witmed::cli
