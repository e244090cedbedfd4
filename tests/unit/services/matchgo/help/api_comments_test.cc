#include "services/matchgo/help/api_comments.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include "matchgo/scheduler/v1/scheduler_service.pb.h"
#include "matchgo/vacancies/v1/vacancy_service.pb.h"

namespace matchgo::help {
namespace {

TEST(ApiCommentsTest, HoldTheTextsOfTheProtos) {
  struct Row {
    const char* name;
    const char* full_name;
    const char* text;
  };
  for (const Row& row :
       {Row{"field", "matchgo.scheduler.v1.AnswerOfferRequest.decision", "Yes or no."},
        Row{"value", "matchgo.scheduler.v1.Offer.STATE_EXPIRED", "The deadline passed."},
        Row{"method", "matchgo.scheduler.v1.SchedulerService.GetRound", "One round."},
        Row{"nothing of that name", "matchgo.scheduler.v1.Nobody", ""}}) {
    EXPECT_EQ(CommentOf(row.full_name), row.text) << row.name;
  }
}

TEST(ApiCommentsTest, JoinLinesAndKeepParagraphs) {
  const std::string text(CommentOf("matchgo.scheduler.v1.SchedulerService"));
  EXPECT_EQ(text.rfind("Rounds, offers, seats, contracts, explanations.\nReasons every", 0), 0u)
      << text;
}

TEST(ApiCommentsTest, CoverEveryMethodFieldAndValueOfTheServices) {
  int looked_at = 0;
  for (const auto* file : {scheduler::v1::GetRoundRequest::descriptor()->file(),
                           vacancies::v1::GetVacancyRequest::descriptor()->file()}) {
    for (int s = 0; s < file->service_count(); ++s) {
      for (int m = 0; m < file->service(s)->method_count(); ++m) {
        const auto& method = *file->service(s)->method(m);
        EXPECT_NE(CommentOf(method.full_name()), "") << method.full_name();
        for (int f = 0; f < method.input_type()->field_count(); ++f) {
          const auto& field = *method.input_type()->field(f);
          EXPECT_NE(CommentOf(field.full_name()), "") << field.full_name();
          ++looked_at;
        }
      }
    }
  }
  EXPECT_GT(looked_at, 60);
}

TEST(FirstSentenceTest, EndsAtTheFirstFullStop) {
  struct Row {
    const char* name;
    const char* text;
    const char* sentence;
  };
  for (const Row& row : {Row{"two sentences", "One round. Reason: NONE.", "One round."},
                         Row{"two paragraphs", "Rounds\nand more", "Rounds"},
                         Row{"one sentence", "The whole of it.", "The whole of it."},
                         Row{"no full stop", "a vacancy", "a vacancy"}}) {
    EXPECT_EQ(FirstSentence(row.text), row.sentence) << row.name;
  }
}

}  // namespace
}  // namespace matchgo::help
