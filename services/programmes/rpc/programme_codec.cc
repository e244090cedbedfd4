#include "services/programmes/rpc/programme_codec.h"

#include <tuple>

#include "common/rpc/resource_name.h"
#include "services/programmes/domain/outcomes.h"
#include "services/programmes/reasons.h"

namespace matchgo::programmes {

StatusOr<RecordKey> ParseOpleiderName(const std::string& name, std::string_view field) {
  ASSIGN_OR_RETURN(OpleiderId opleider, rpc::ParseOne<OpleiderId>(names::kOpleider, name, field));
  return RecordKey{.opleider = std::move(opleider), .programme = {}, .start = {}};
}

StatusOr<RecordKey> ParseProgrammeName(const std::string& name, std::string_view field) {
  ASSIGN_OR_RETURN(const auto ids,
                   (rpc::ParseName<OpleiderId, ProgrammeId>(names::kProgramme, name, field)));
  return RecordKey{.opleider = std::get<0>(ids), .programme = std::get<1>(ids), .start = {}};
}

StatusOr<RecordKey> ParseStartName(const std::string& name, std::string_view field) {
  ASSIGN_OR_RETURN(const auto ids,
                   (rpc::ParseName<OpleiderId, ProgrammeId, StartId>(names::kStart, name, field)));
  return RecordKey{
      .opleider = std::get<0>(ids), .programme = std::get<1>(ids), .start = std::get<2>(ids)};
}

RecordKey WithoutWildcards(RecordKey key) {
  if (key.opleider.value() == "-") key.opleider = {};
  if (key.programme.value() == "-") key.programme = {};
  return key;
}

Status CheckReach(const Call& call, const OpleiderId& owner) {
  return ReachesTenant(call.principal, TenantId(owner.value())) ? absl::OkStatus()
                                                                : NotFound(kNotFound);
}

domain::VocabularyImport DecodeImport(const v1::ImportVocabularyRequest& request) {
  domain::VocabularyImport import;
  for (const v1::Skill& skill : request.skills()) import.skills.push_back(store::Decode(skill));
  for (const v1::Occupation& occupation : request.occupations()) {
    import.occupations.push_back(store::Decode(occupation));
  }
  // Sequences come from the store, whatever the caller sends back.
  for (domain::Skill& skill : import.skills) skill.sequence = 0;
  for (domain::Occupation& occupation : import.occupations) occupation.sequence = 0;
  return import;
}

v1::LintProgrammeResponse EncodeFindings(const std::vector<domain::Module>& modules) {
  const domain::LintReport report = domain::LintModules(modules);
  v1::LintProgrammeResponse response;
  for (const domain::Finding& finding : report.findings) {
    v1::LeeruitkomstFinding* const message = response.add_findings();
    message->set_field(finding.field);
    message->set_kind(static_cast<v1::LeeruitkomstFinding::Kind>(finding.kind));
    const domain::Label advice = domain::AdviceFor(finding.kind);
    message->mutable_advice()->set_nl(advice.nl);
    message->mutable_advice()->set_en(advice.en);
  }
  response.set_checked(static_cast<int32_t>(report.checked));
  return response;
}

}  // namespace matchgo::programmes
