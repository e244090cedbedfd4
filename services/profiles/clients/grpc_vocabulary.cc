#include "services/profiles/clients/grpc_vocabulary.h"

#include <string_view>

#include "common/base/status_macros.h"

namespace matchgo::profiles::clients {
namespace {

namespace pb = ::matchgo::programmes::v1;

constexpr Reason kNoNeighbour{"UNAVAILABLE", "the vocabulary is not known yet"};
constexpr int kNamesAtOnce = 1000;

constexpr char kSkills[] = "skills/";
constexpr char kOccupations[] = "occupations/";

// `some` may be all that was ever seen, so it is looked into, not walked.
template <class Id>
std::set<Id> Without(const std::set<Id>& all, const std::set<Id>& some) {
  std::set<Id> rest;
  for (const Id& id : all) {
    if (!some.contains(id)) rest.insert(rest.end(), id);
  }
  return rest;
}

template <class Id, class Names>
void AddIds(const char* prefix, const Names& names, std::set<Id>* ids) {
  for (const std::string& name : names) {
    ids->insert(Id(name.substr(std::string_view(prefix).size())));
  }
}

}  // namespace

void GrpcVocabulary::Connect(const std::shared_ptr<grpc::Channel>& channel) {
  const std::lock_guard lock(mutex_);
  connected_ = true;
  stub_ = channel == nullptr ? nullptr : pb::ProgrammeService::NewStub(channel);
}

StatusOr<domain::References> GrpcVocabulary::Unknown(const Call& call,
                                                     const domain::References& asked) {
  std::shared_ptr<pb::ProgrammeService::Stub> stub;
  domain::References open;
  {
    const std::lock_guard lock(mutex_);
    if (!connected_) return Unavailable(kNoNeighbour);
    stub = stub_;
    open = {.skills = Without(asked.skills, known_.skills),
            .occupations = Without(asked.occupations, known_.occupations)};
  }
  domain::References unknown;
  if (stub == nullptr) return unknown;
  auto skill = open.skills.begin();
  auto occupation = open.occupations.begin();
  while (skill != open.skills.end() || occupation != open.occupations.end()) {
    pb::CheckReferencesRequest request;
    for (int n = 0; n < kNamesAtOnce && skill != open.skills.end(); ++n, ++skill) {
      request.add_skills(kSkills + skill->value());
    }
    for (int n = 0; n < kNamesAtOnce && occupation != open.occupations.end(); ++n, ++occupation) {
      request.add_occupations(kOccupations + occupation->value());
    }
    ASSIGN_OR_RETURN(const pb::CheckReferencesResponse reply,
                     caller_.Unary(*stub, &pb::ProgrammeService::StubInterface::CheckReferences,
                                   request, &call));
    AddIds(kSkills, reply.unknown_skills(), &unknown.skills);
    AddIds(kOccupations, reply.unknown_occupations(), &unknown.occupations);
  }
  const std::lock_guard lock(mutex_);
  known_.skills.merge(Without(open.skills, unknown.skills));
  known_.occupations.merge(Without(open.occupations, unknown.occupations));
  return unknown;
}

}  // namespace matchgo::profiles::clients
