#include "services/matchgo/demo/population.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "services/matchgo/demo/draws.h"
#include "services/matchgo/demo/names.h"

namespace matchgo::demo {
namespace {

using programmes::builtin::Catalogue;
using programmes::builtin::Occupation;

const Day kToday = Day::FromCivil(2026, 11, 21);

// Loading and drawing cost a second under the sanitizers: once for all tests.
class PopulationTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto loaded = programmes::builtin::LoadCatalogue();
    ASSERT_TRUE(loaded.ok()) << loaded.status().ToString();
    catalogue_ = new Catalogue(*std::move(loaded));
    population_ = new Population(MakePopulation(
        *catalogue_, {.seed = 7, .switchers = 2000, .vacancies = 800, .today = kToday}));
  }
  static void TearDownTestSuite() {
    delete population_;
    delete catalogue_;
    population_ = nullptr;
    catalogue_ = nullptr;
  }
  static int32_t PermilleOfPeople(const std::function<bool(const Person&)>& test) {
    return static_cast<int32_t>(std::ranges::count_if(population_->people, test) * 1000 /
                                std::ranges::ssize(population_->people));
  }
  static int32_t PermilleOfVacancies(const std::function<bool(const Vacancy&)>& test) {
    return static_cast<int32_t>(std::ranges::count_if(population_->vacancies, test) * 1000 /
                                std::ranges::ssize(population_->vacancies));
  }

  static Catalogue* catalogue_;
  static Population* population_;
};
Catalogue* PopulationTest::catalogue_ = nullptr;
Population* PopulationTest::population_ = nullptr;

TEST_F(PopulationTest, HasTheSizeThatWasAsked) {
  EXPECT_EQ(population_->people.size(), 2000u);
  EXPECT_EQ(population_->vacancies.size(), 800u);
  EXPECT_EQ(population_->employers.size(), 200u);
}

// A digest of everything that is drawn about a person, in words.
std::string Words(const Person& p) {
  std::string words = p.full_name + p.email + p.phone + p.home.postcode +
                      std::to_string(p.salary_now_cents) + std::to_string(p.study_hours);
  for (const SkillClaim& claim : p.skills) words += claim.skill + std::to_string(claim.level);
  for (const Experience& e : p.experience) words += e.occupation + FormatDay(e.from);
  for (const std::string& wish : p.sector_wishes) words += wish;
  return words;
}

TEST_F(PopulationTest, TheSameSeedGivesTheSamePeopleWhateverTheirNumber) {
  const Population few =
      MakePopulation(*catalogue_, {.seed = 7, .switchers = 20, .vacancies = 10, .today = kToday});
  for (size_t i = 0; i < few.people.size(); ++i) {
    EXPECT_EQ(Words(few.people[i]), Words(population_->people[i]));
  }
  for (size_t i = 0; i < few.vacancies.size(); ++i) {
    const Vacancy& a = few.vacancies[i];
    const Vacancy& b = population_->vacancies[i];
    EXPECT_EQ(a.occupation, b.occupation);
    EXPECT_EQ(a.learnable_skills, b.learnable_skills);
    EXPECT_EQ(a.salary_max_cents, b.salary_max_cents);
    EXPECT_EQ(a.location.postcode, b.location.postcode);
  }
}

TEST_F(PopulationTest, AnotherSeedGivesOthers) {
  const Population other =
      MakePopulation(*catalogue_, {.seed = 8, .switchers = 50, .vacancies = 0, .today = kToday});
  int32_t same = 0;
  for (size_t i = 0; i < other.people.size(); ++i) {
    same += Words(other.people[i]) == Words(population_->people[i]) ? 1 : 0;
  }
  EXPECT_EQ(same, 0);
}

TEST_F(PopulationTest, PeopleAreValid) {
  std::set<std::string> emails;
  for (const Person& p : population_->people) {
    EXPECT_TRUE(emails.insert(p.email).second) << p.email;
    EXPECT_THAT(p.email, testing::MatchesRegex("[a-z.]+[0-9]+@example[.]com"));
    EXPECT_THAT(p.phone, testing::MatchesRegex("[+]3160[0-9]{7}"));
    EXPECT_TRUE(p.birth_year >= 1940 && p.birth_year <= 2004) << p.birth_year;
    EXPECT_LE(p.hours_min, p.hours_max);
    EXPECT_LE(p.salary_floor_cents, std::max<int64_t>(p.salary_now_cents, 600'000));
    EXPECT_EQ(p.employed, p.salary_now_cents > 0);
    EXPECT_EQ(p.employed, p.notice_days > 0);
    EXPECT_NE(geography::FindPostcode(p.home.postcode), nullptr);
    EXPECT_FALSE(p.sector_wishes.empty());
    EXPECT_EQ(std::set(p.sector_wishes.begin(), p.sector_wishes.end()).size(),
              p.sector_wishes.size());
    for (const Education& education : p.education) {
      EXPECT_TRUE(education.nlqf_level >= 1 && education.nlqf_level <= 8);
      EXPECT_LE(education.year, kToday.year());
    }
    for (const SuitabilityTest& test : p.tests) {
      EXPECT_TRUE(test.score >= 0 && test.score <= 1000);
      EXPECT_LE(test.taken_on, kToday);
      EXPECT_LE(test.taken_on, test.valid_until);
    }
  }
}

TEST_F(PopulationTest, ExperienceIsNewestFirstAndDoesNotOverlap) {
  for (const Person& p : population_->people) {
    ASSERT_FALSE(p.experience.empty());
    EXPECT_EQ(p.employed, !p.experience.front().to.has_value());
    Day later = kToday + 1;
    for (const Experience& e : p.experience) {
      EXPECT_NE(FindOccupation(*catalogue_, e.occupation), nullptr) << e.occupation;
      const Day end = e.to.value_or(kToday);
      EXPECT_LT(end, later);
      EXPECT_LT(e.from, end);
      EXPECT_GE(e.from.year(), p.birth_year + 15) << p.birth_year;
      later = e.from;
    }
  }
}

TEST_F(PopulationTest, SkillsAreKnownOnesWithEvidenceWhereThatIsAsked) {
  for (const Person& p : population_->people) {
    EXPECT_TRUE(std::ranges::is_sorted(p.skills, std::ranges::less_equal{}, &SkillClaim::skill) ||
                p.skills.size() < 2);
    for (const SkillClaim& claim : p.skills) {
      EXPECT_NE(FindSkill(*catalogue_, claim.skill), nullptr) << claim.skill;
      EXPECT_TRUE(claim.level >= 1 && claim.level <= 5);
      const bool shown =
          claim.source == SkillSource::kAssessed || claim.source == SkillSource::kCredential;
      EXPECT_EQ(shown, !claim.evidence.empty());
    }
  }
}

TEST_F(PopulationTest, VacanciesAreValid) {
  std::set<std::string> references;
  for (const Vacancy& v : population_->vacancies) {
    EXPECT_TRUE(references.insert(v.external_reference).second);
    ASSERT_LT(v.employer, population_->employers.size());
    EXPECT_EQ(v.sector, population_->employers[v.employer].sector);
    EXPECT_NE(FindOccupation(*catalogue_, v.occupation), nullptr);
    EXPECT_GE(v.openings, 1);
    EXPECT_GE(v.guidance_capacity, 1);
    EXPECT_LE(v.salary_min_cents, v.salary_max_cents) << v.title;
    EXPECT_TRUE(v.hours_min > 0 && v.hours_min <= v.hours_max);
    EXPECT_LT(v.start_from, v.ready_by);
    EXPECT_LT(kToday, v.expires_on);
    std::set<std::string> asked;
    size_t count = 0;
    for (const auto* list : {&v.day_one_skills, &v.learnable_skills, &v.nice_skills}) {
      count += list->size();
      for (const std::string& skill : *list) {
        EXPECT_NE(FindSkill(*catalogue_, skill), nullptr) << skill;
        asked.insert(skill);
      }
    }
    EXPECT_EQ(asked.size(), count) << v.title << ": a skill is asked twice";
    EXPECT_FALSE(v.learnable_skills.empty()) << v.title;
    for (const std::string& opleider : v.accepted_opleiders) {
      EXPECT_NE(FindOpleider(*catalogue_, opleider), nullptr) << opleider;
    }
  }
}

// Shares as they were designed; the widths allow for chance in 2000 and 800 draws.
TEST_F(PopulationTest, SharesAreAsDesigned) {
  const auto level = [](const Person& p) { return p.education.front().nlqf_level; };
  EXPECT_NEAR(PermilleOfPeople([&](const Person& p) { return level(p) >= 6; }), 840, 50);
  EXPECT_NEAR(PermilleOfPeople([](const Person& p) { return p.employed; }), 820, 30);
  EXPECT_NEAR(PermilleOfPeople([](const Person& p) { return p.hours_max == 40; }), 550, 40);
  EXPECT_NEAR(PermilleOfPeople([](const Person& p) { return p.languages.front().cefr == 6; }), 840,
              30);
  EXPECT_NEAR(PermilleOfPeople([](const Person& p) { return p.tests.empty(); }), 30, 15);
  EXPECT_NEAR(PermilleOfPeople([](const Person& p) {
                return std::ranges::any_of(p.consents, [](const Consent& c) {
                  return c.purpose == ConsentPurpose::kMatching && !c.withdrawn_on;
                });
              }),
              970, 15);
  EXPECT_NEAR(PermilleOfVacancies([](const Vacancy& v) { return v.openings == 1; }), 680, 60);
  EXPECT_NEAR(PermilleOfVacancies([](const Vacancy& v) { return v.day_one_skills.empty(); }), 350,
              60);
  EXPECT_NEAR(PermilleOfVacancies([](const Vacancy& v) { return !v.accepted_opleiders.empty(); }),
              70, 40);
}

TEST_F(PopulationTest, PeopleLiveWherePeopleLive) {
  std::map<std::string, int64_t> lived;
  for (const Person& p : population_->people) ++lived[p.home.place];
  int64_t all = 0;
  for (const auto& place : catalogue_->places) all += place.population;
  for (size_t i = 0; i < 5; ++i) {
    const auto& place = catalogue_->places[i];
    const double expected = 2000.0 * place.population / static_cast<double>(all);
    EXPECT_NEAR(static_cast<double>(lived[place.name]), expected, 4 * std::sqrt(expected))
        << place.name;
  }
}

TEST_F(PopulationTest, PeopleComeFromWhereJobsGoAndVacanciesAreWherePeopleAreShort) {
  const std::set<std::string> shrinking = {"administratie", "klantcontact", "handel",
                                           "horeca",        "transport",    "financien"};
  std::set<std::string> scarce;
  for (const auto& sector : catalogue_->sectors) {
    if (sector.short_of_people) scarce.insert(sector.code);
  }
  int32_t leaving = 0;
  int32_t leaving_shrinking = 0;
  for (const Occupation& job : catalogue_->occupations) {
    leaving += job.out_weight;
    if (shrinking.contains(job.sector)) leaving_shrinking += job.out_weight;
  }
  EXPECT_GE(leaving_shrinking * 1000 / leaving, 600);
  EXPECT_NEAR(PermilleOfPeople([&](const Person& p) {
                return shrinking.contains(
                    FindOccupation(*catalogue_, p.experience.front().occupation)->sector);
              }),
              leaving_shrinking * 1000 / leaving, 40);
  EXPECT_GE(PermilleOfVacancies([&](const Vacancy& v) { return scarce.contains(v.sector); }), 850);
  EXPECT_EQ(PermilleOfPeople([&](const Person& p) {
              return std::ranges::all_of(p.sector_wishes,
                                         [&](const auto& s) { return scarce.contains(s); });
            }),
            1000);
}

TEST_F(PopulationTest, ManyVacanciesAskABevoegdheidThatAProgrammeAwards) {
  std::set<std::string> awarded;
  for (const auto& programme : catalogue_->programmes) {
    awarded.insert(programme.awards.begin(), programme.awards.end());
  }
  const int64_t permille =
      PermilleOfVacancies([](const Vacancy& v) { return v.qualification.has_value(); });
  EXPECT_TRUE(permille >= 80 && permille <= 300) << permille;
  for (const Vacancy& v : population_->vacancies) {
    if (!v.qualification) continue;
    EXPECT_TRUE(awarded.contains(*v.qualification)) << *v.qualification;
  }
}

TEST(WeightedDrawTest, FollowsTheWeights) {
  WeightedDraw draw;
  for (const int64_t weight : {1, 0, 3}) draw.Add(weight);
  Random random(1);
  std::map<size_t, int32_t> drawn;
  for (int32_t i = 0; i < 4000; ++i) ++drawn[draw.Draw(random)];
  EXPECT_EQ(drawn.count(1), 0u);
  EXPECT_NEAR(drawn[0], 1000, 120);
  EXPECT_NEAR(drawn[2], 3000, 120);
}

TEST(WeightedDrawTest, IsEmptyWithoutWeight) {
  WeightedDraw draw;
  EXPECT_TRUE(draw.empty());
  draw.Add(0);
  EXPECT_TRUE(draw.empty());
  draw.Add(1);
  EXPECT_FALSE(draw.empty());
}

TEST(SampleTest, DrawsWithoutRepeats) {
  Random random(1);
  for (size_t count = 0; count < 8; ++count) {
    const auto sample = Sample(random, std::vector<int>{1, 2, 3, 4, 5}, count);
    EXPECT_EQ(sample.size(), std::min<size_t>(count, 5));
    EXPECT_EQ(std::set<int>(sample.begin(), sample.end()).size(), sample.size());
  }
}

TEST(NamesTest, MailboxesAreLowerCaseWithDots) {
  EXPECT_EQ(MailboxOf({.first = "Anne", .family = "van den Berg"}), "anne.van.den.berg");
}

}  // namespace
}  // namespace matchgo::demo
