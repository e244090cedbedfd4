// The RPCs of ProgrammeService about the vocabulary, and its feed.
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "common/base/status_macros.h"
#include "common/rpc/page.h"
#include "common/rpc/resource_name.h"
#include "common/rpc/serve_unary.h"
#include "common/rpc/watch_reactor.h"
#include "services/programmes/actions/import_vocabulary.h"
#include "services/programmes/reasons.h"
#include "services/programmes/rpc/programme_codec.h"
#include "services/programmes/rpc/programme_feed.h"
#include "services/programmes/rpc/programme_service.h"
#include "services/programmes/store/vocabulary_store.h"

namespace matchgo::programmes {

grpc::ServerUnaryReactor* ProgrammeService::ImportVocabulary(
    Context* context, In<v1::ImportVocabularyRequest> request,
    v1::ImportVocabularyResponse* reply) {
  return rpc::ServeWrite(
      endpoint_, database_, context, request, reply,
      [](sql::Tx& tx, const Call&,
         const v1::ImportVocabularyRequest& in) -> StatusOr<v1::ImportVocabularyResponse> {
        ASSIGN_OR_RETURN(const ImportResult result,
                         programmes::ImportVocabulary(tx, DecodeImport(in)));
        v1::ImportVocabularyResponse response;
        response.set_created(result.created);
        response.set_updated(result.updated);
        response.set_unchanged(result.unchanged);
        response.set_sequence(result.sequence);
        return response;
      });
}

grpc::ServerUnaryReactor* ProgrammeService::CheckReferences(Context* context,
                                                            In<v1::CheckReferencesRequest> request,
                                                            v1::CheckReferencesResponse* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call,
             const v1::CheckReferencesRequest& in) -> StatusOr<v1::CheckReferencesResponse> {
        const std::set<std::string> skills(in.skills().begin(), in.skills().end());
        const std::set<std::string> occupations(in.occupations().begin(), in.occupations().end());
        return database_.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::CheckReferencesResponse> {
          store::VocabularyStore vocabulary(tx);
          v1::CheckReferencesResponse response;
          for (const std::string& name : skills) {
            ASSIGN_OR_RETURN(const SkillId id,
                             rpc::ParseOne<SkillId>(names::kSkill, name, "skills"));
            ASSIGN_OR_RETURN(const bool known, vocabulary.Has(id));
            if (!known) response.add_unknown_skills(name);
          }
          for (const std::string& name : occupations) {
            ASSIGN_OR_RETURN(const OccupationId id,
                             rpc::ParseOne<OccupationId>(names::kOccupation, name, "occupations"));
            ASSIGN_OR_RETURN(const bool known, vocabulary.Has(id));
            if (!known) response.add_unknown_occupations(name);
          }
          return response;
        });
      });
}

grpc::ServerUnaryReactor* ProgrammeService::GetSkill(Context* context,
                                                     In<v1::GetSkillRequest> request,
                                                     v1::Skill* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call, const v1::GetSkillRequest& in) -> StatusOr<v1::Skill> {
        ASSIGN_OR_RETURN(const SkillId id,
                         rpc::ParseOne<SkillId>(names::kSkill, in.name(), "name"));
        return database_.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::Skill> {
          ASSIGN_OR_RETURN(const auto skill, store::VocabularyStore(tx).FindSkill(id));
          if (!skill.has_value()) return NotFound(kNotFound);
          v1::Skill message;
          store::Fill(*skill, &message);
          return message;
        });
      });
}

grpc::ServerUnaryReactor* ProgrammeService::ListSkills(Context* context,
                                                       In<v1::ListSkillsRequest> request,
                                                       v1::ListSkillsResponse* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call,
             const v1::ListSkillsRequest& in) -> StatusOr<v1::ListSkillsResponse> {
        return database_.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::ListSkillsResponse> {
          auto read = [&](const std::string& after, int limit) {
            return store::VocabularyStore(tx).ListSkills(in.text(), after, limit);
          };
          ASSIGN_OR_RETURN(
              const auto page,
              rpc::ReadPage<domain::Skill>(tx, tokens_, in, read, [](const domain::Skill& skill) {
                return skill.id.value();
              }));
          v1::ListSkillsResponse response;
          for (const domain::Skill& skill : page.rows) {
            store::Fill(skill, response.add_skills());
          }
          response.set_next_page_token(page.next_page_token);
          response.set_sequence(page.sequence);
          return response;
        });
      });
}

grpc::ServerUnaryReactor* ProgrammeService::GetOccupation(Context* context,
                                                          In<v1::GetOccupationRequest> request,
                                                          v1::Occupation* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call, const v1::GetOccupationRequest& in) -> StatusOr<v1::Occupation> {
        ASSIGN_OR_RETURN(const OccupationId id,
                         rpc::ParseOne<OccupationId>(names::kOccupation, in.name(), "name"));
        return database_.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::Occupation> {
          ASSIGN_OR_RETURN(const auto occupation, store::VocabularyStore(tx).FindOccupation(id));
          if (!occupation.has_value()) return NotFound(kNotFound);
          v1::Occupation message;
          store::Fill(*occupation, &message);
          return message;
        });
      });
}

grpc::ServerUnaryReactor* ProgrammeService::ListOccupations(Context* context,
                                                            In<v1::ListOccupationsRequest> request,
                                                            v1::ListOccupationsResponse* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call,
             const v1::ListOccupationsRequest& in) -> StatusOr<v1::ListOccupationsResponse> {
        return database_.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::ListOccupationsResponse> {
          auto read = [&](const std::string& after, int limit) {
            return store::VocabularyStore(tx).ListOccupations(in.sector(), in.text(), after, limit);
          };
          ASSIGN_OR_RETURN(const auto page,
                           rpc::ReadPage<domain::Occupation>(
                               tx, tokens_, in, read, [](const domain::Occupation& occupation) {
                                 return occupation.id.value();
                               }));
          v1::ListOccupationsResponse response;
          for (const domain::Occupation& occupation : page.rows) {
            store::Fill(occupation, response.add_occupations());
          }
          response.set_next_page_token(page.next_page_token);
          response.set_sequence(page.sequence);
          return response;
        });
      });
}

grpc::ServerWriteReactor<v1::ProgrammeChange>* ProgrammeService::WatchProgrammes(
    Context* context, In<common::v1::WatchRequest> request) {
  return rpc::ServeWatch<v1::ProgrammeChange>(
      endpoint_, database_.changes(), context, request, request->from_sequence(),
      [this](const Call& call, int64_t after, int limit) {
        return database_.Read(call, [&](sql::Tx& tx) { return ReadChanges(tx, after, limit); });
      });
}

}  // namespace matchgo::programmes
