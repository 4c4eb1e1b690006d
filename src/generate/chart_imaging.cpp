// Images and their reports.
#include <fmt/format.h>

#include "generate/chart.h"
#include "generate/imaging_table.h"
#include "generate/resource_text.h"

namespace witmed::generate {

// `finding`: the diagnosis that shows in the images, empty where nothing does.
void Chart::imaging(const Scene& scene, const ImagingRow& row, const std::string& procedure,
                    std::string_view finding) {
  std::string id = new_id('g', scene.place);
  Random random(seed_, uint64_t{person_.number} << 24 | next_, 7);
  // 2.25 and a number of our own (DICOM PS3.5, B.2).
  std::string uid = fmt::format("2.25.{}", random.next());
  begin("ImagingStudy", id);
  put(out_, R"(,"identifier":[{"system":"urn:dicom:uid","value":"urn:oid:)", uid,
      R"("}],"status":"available","modality":[{"system":)",
      R"("http://dicom.nema.org/resources/ontology/DCM","code":")", row.modality, R"(","display":")",
      row.modality_zh, R"("}],"subject":)", subject(scene));
  put_encounter(scene);
  put(out_, R"(,"started":")", scene.at, R"(","procedureReference":{"reference":"Procedure/)", procedure,
      R"("},"location":)", scene.place->location, R"(,"numberOfSeries":1,"numberOfInstances":)", row.images,
      R"(,"description":")", row.zh, R"(","series":[{"uid":")", uid,
      R"(.1","number":1,"modality":{"system":"http://dicom.nema.org/resources/ontology/DCM","code":")",
      row.modality, R"("},"numberOfInstances":)", row.images, R"(,"started":")", scene.at, R"("}])");
  end("ImagingStudy");
  const Staff& reader = scene.place->of(Department::imaging, person_.number);
  begin("DiagnosticReport", new_id('d', scene.place));
  out_ +=
      R"(,"status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0074","code":"RAD","display":"Radiology"}]}],"code":)";
  put_concept(out_, systems::kLoinc, row.loinc, row.en, row.zh);
  put(out_, R"(,"subject":)", subject(scene));
  put_encounter(scene);
  put(out_, R"(,"effectiveDateTime":")", scene.at, R"(","issued":")", scene.at.plus(30), R"(","performer":[)",
      scene.place->reference, R"(],"resultsInterpreter":[)", reader.reference,
      R"(],"imagingStudy":[{"reference":"ImagingStudy/)", id, R"("}],"conclusion":")");
  if (finding.empty()) {
    out_ += row.normal;
  } else {
    put(out_, "符合", finding, "影像表现，请结合临床");
  }
  out_ += '"';
  end("DiagnosticReport");
}

}  // namespace witmed::generate
