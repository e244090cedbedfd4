#include "services/matchgo/commands/record_view.h"

#include <absl/strings/ascii.h>
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "common/kernel/role.h"
#include "matchgo/scheduler/v1/match.pb.h"
#include "services/matchgo/commands/nouns.h"
#include "services/matchgo/commands/record_words.h"
#include "services/trajectories/domain/stage.h"

namespace matchgo::commands {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using testing::HasSubstr;
using testing::Not;

constexpr char kOffer[] = R"({
  "name": "offers/o1", "etag": "W/\"4\"", "sequence": "260", "state": "STATE_ACCEPTED",
  "switcher": "switchers/s1", "vacancy": "employers/e1/vacancies/v1", "sector": "ict",
  "deadline": "2026-09-14T07:00:00Z",
  "answers": [{"actor": "hr", "decision": "DECISION_ACCEPT", "party": "PARTY_EMPLOYER",
               "time": "2026-09-08T07:00:00Z"}],
  "plan": {"begins_on": "2026-12-07", "hours": 1224, "modules": [{"id": "m1", "hours": 84}]},
  "score": {"fit": 400, "total": 535850}})";

std::string Viewed(terminal::Language language, size_t width) {
  scheduler::v1::Offer offer;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(kOffer, &offer).ok());
  Context context;
  context.language = language;
  context.style.width = width;
  return RecordView(context, offer, [](const std::string& name) {
    return name == "employers/e1/vacancies/v1" ? std::string("Monteur, Bouw BV") : std::string();
  });
}

TEST(RecordViewTest, SaysInWordsWhatTheFieldsHold) {
  const std::string text = Viewed(terminal::Language::kEnglish, 80);
  for (const char* line :
       {"  state     accepted\n", "  switcher  s1\n",
        "  vacancy   Monteur, Bouw BV\n            employers/e1/vacancies/v1\n",
        "  deadline  2026-09-14 09:00\n",  // in Amsterdam
        "\nPlan\n", "  hours      1,224\n", "  etag      W/\"4\"\n", "  total  535.85\n"}) {
    EXPECT_THAT(text, HasSubstr(line)) << text;
  }
  EXPECT_THAT(text, Not(HasSubstr("STATE_")));
  EXPECT_LT(text.find("Answers"), text.find("\nRecord\n")) << "what programs need stands last";
  EXPECT_LT(text.find("\nRecord\n"), text.find("etag")) << text;
}

TEST(RecordViewTest, SpeaksDutch) {
  const std::string text = Viewed(terminal::Language::kDutch, 80);
  for (const char* words : {"aanvaard", "antwoord voor", "werkgever", "535,85", "1.224"}) {
    EXPECT_THAT(text, HasSubstr(words)) << text;
  }
}

TEST(RecordViewTest, CallsAValueAsItsRecordDoes) {
  scheduler::v1::Offer offer;
  offer.set_state(scheduler::v1::Offer::STATE_OPEN);
  const Context context;
  const auto view = [&](const char* title) {
    return RecordView(context, offer, [&](const std::string& name) {
      return name == "STATE_OPEN" ? std::string(title) : std::string();
    });
  };
  EXPECT_THAT(view("on the table"), HasSubstr("state  on the table\n"));
  EXPECT_THAT(view(""), HasSubstr("state  open\n"));
}

TEST(RecordViewTest, StaysWithinTheLine) {
  for (const terminal::Language language :
       {terminal::Language::kEnglish, terminal::Language::kDutch}) {
    std::istringstream lines(Viewed(language, 60));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(terminal::Width(line), 60) << line;
  }
}

// Every word that a record can show.
void Collect(const Descriptor& type, std::set<std::string>* seen, std::set<std::string>* words) {
  if (!seen->insert(type.full_name()).second || type.full_name().starts_with("google.")) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    words->insert(field.name());
    if (field.message_type() != nullptr) Collect(*field.message_type(), seen, words);
    if (field.enum_type() == nullptr) continue;
    for (int v = 1; v < field.enum_type()->value_count(); ++v) {
      words->insert(field.enum_type()->value(v)->name());
    }
  }
}

TEST(RecordWordsTest, HaveDutchForEveryFieldAndValueOfEveryRecord) {
  std::set<std::string> seen;
  std::set<std::string> words;
  for (const Noun& noun : Nouns()) {
    const auto* service = DescriptorPool::generated_pool()->FindServiceByName(noun.service);
    ASSERT_NE(service, nullptr);
    const auto* type = DescriptorPool::generated_pool()->FindMessageTypeByName(
        service->file()->package() + "." + noun.singular);
    ASSERT_NE(type, nullptr);
    Collect(*type, &seen, &words);
  }
  ASSERT_GT(words.size(), 200U);
  std::string missing;
  for (const std::string& word : words) {
    if (!HasDutch(word)) missing += " " + word;
  }
  EXPECT_EQ(missing, "");
}

// Words in fields of text: who did what, why she left.
TEST(RecordWordsTest, HaveDutchForWordsOfTexts) {
  std::set<std::string> words = {"ILLNESS", "PARENTHOOD", "CARE", "OTHER"};  // of a pause
  for (const char* why : {"DISTANCE", "SALARY", "TIMING", "OTHER_JOB", "FIT", "PERSONAL"}) {
    words.insert(why);  // of a no
  }
  for (int number = 0; number <= static_cast<int>(Role::kAuditor); ++number) {
    words.insert(absl::AsciiStrToUpper(std::string(FormatRole(static_cast<Role>(number)))));
  }
  namespace steps = trajectories::domain;
  for (int event = 0; event < steps::kEventCount; ++event) {
    words.emplace(steps::FormatEvent(static_cast<steps::EventKind>(event)));
  }
  for (int reason = 1; reason <= static_cast<int>(steps::kExitReasonCount); ++reason) {
    words.emplace(steps::FormatExit(static_cast<steps::ExitReason>(reason)));
  }
  for (const std::string& word : words) EXPECT_TRUE(HasDutch(word)) << word;
}

}  // namespace
}  // namespace matchgo::commands
