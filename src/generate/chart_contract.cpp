// The family doctor's contract: team, contract and episode of care.
#include "generate/chart.h"
#include "generate/resource_text.h"

namespace witmed::generate {

std::string Chart::family_doctor(const Scene& scene, Day start, const std::vector<const Staff*>& members) {
  std::string team = care_team(scene, start, members);
  std::string contract = new_id('n', scene.place);
  std::string_view status = person_.end() < as_of_ ? "terminated" : "executed";
  begin("Contract", contract);
  put(out_, R"(,"identifier":[{"system":")", systems::kContractNumber, R"(","value":")", contract,
      R"("}],"status":")", status, R"(","issued":")", scene.at, R"(","applies":{"start":")");
  append_date(out_, start);
  put(out_, R"("},"subject":[)", subject(scene), R"(],"authority":[)", scene.place->reference,
      R"(],"title":"家庭医生签约服务协议","type":)");
  put_concept(out_, systems::kService, "family-doctor", {}, "家庭医生签约");
  end("Contract");
  begin("EpisodeOfCare", new_id('s', scene.place));
  put(out_, R"(,"status":")", person_.end() < as_of_ ? "finished" : "active", R"(","type":[)");
  put_concept(out_, systems::kService, "family-doctor", {}, "家庭医生签约");
  put(out_, R"(],"patient":)", subject(scene), R"(,"managingOrganization":)", scene.place->reference,
      R"(,"period":{"start":")");
  append_date(out_, start);
  if (person_.end() < as_of_) {
    out_ += R"(","end":")";
    append_date(out_, person_.end());
  }
  put(out_, R"("},"careManager":)", members.front()->reference, R"(,"team":[{"reference":"CareTeam/)", team,
      R"("}])");
  end("EpisodeOfCare");
  return team;
}

}  // namespace witmed::generate
