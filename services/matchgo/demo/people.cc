#include "services/matchgo/demo/people.h"

#include <algorithm>

#include "services/matchgo/demo/names.h"

namespace matchgo::demo {
namespace {

using programmes::builtin::Catalogue;
using programmes::builtin::Occupation;

constexpr int32_t kHbo = 6;
constexpr int32_t kDaysPerYear = 365;
constexpr int64_t kTenEuro = 1000;

// Known in nearly every job; ESCO calls some of them cross-sector and relates them to no job here.
constexpr auto kGeneralSkills = std::to_array<const char*>(
    {"k-have-computer-literacy", "k-use-microsoft-office", "k-listen-actively",
     "k-create-solutions-to-problems", "k-communicate-with-customers",
     "k-write-work-related-reports", "k-use-spreadsheets-software",
     "k-use-different-communication-channels", "k-meet-deadlines", "k-tolerate-stress",
     "k-address-problems-critically", "k-project-management", "k-promote-inclusion",
     "k-use-office-systems", "k-identify-customer-s-needs"});

int64_t RoundToTenEuro(int64_t cents) { return cents / kTenEuro * kTenEuro; }

}  // namespace

struct PersonMaker::Draft {
  Person person;
  size_t occupation = 0;   // the job she has or had last
  size_t studied_for = 0;  // a job her education prepared her for
  int32_t years = 0;       // of work in all
};

PlaceDraw::PlaceDraw(const Catalogue& catalogue) : catalogue_(catalogue) {
  for (const geography::Place& place : catalogue.places) places_.Add(place.population);
}

Spot PlaceDraw::Draw(Random& random) const {
  const geography::Place& place = catalogue_.places[places_.Draw(random)];
  const std::string& code = DrawOne(random, std::span<const std::string>(place.postcodes));
  const geography::Postcode* postcode = geography::FindPostcode(code);
  return {.postcode = code,
          .place = place.name,
          .grid = postcode != nullptr ? postcode->grid : place.grid};
}

PersonMaker::PersonMaker(const Catalogue& catalogue, uint64_t seed, Day today)
    : catalogue_(catalogue), seed_(seed), today_(today), places_(catalogue) {
  std::map<std::string, int64_t> demand;
  for (size_t i = 0; i < catalogue.occupations.size(); ++i) {
    const Occupation& occupation = catalogue.occupations[i];
    left_occupations_.Add(occupation.out_weight);
    by_sector_[occupation.sector].push_back(i);
    if (occupation.level >= kHbo) by_field_[occupation.isced_field].push_back(i);
    demand[occupation.sector] += occupation.in_weight;
  }
  for (const auto& sector : catalogue.sectors) {
    wanted_sectors_.Add(sector.short_of_people ? demand[sector.code] : 0);
  }
  for (const char* skill : kGeneralSkills) general_skills_.emplace_back(skill);
  for (const auto& skill : catalogue.skills) {
    const bool listed = std::ranges::count(general_skills_, skill.id) > 0;
    if (skill.reuse == "transversal" && !listed) general_skills_.push_back(skill.id);
  }
}

void PersonMaker::DrawWork(Random& random, Draft& draft) const {
  draft.occupation = left_occupations_.Draw(random);
  const int32_t age = static_cast<int32_t>(DrawMiddling(random, 25, 58));
  draft.person.birth_year = today_.year() - age;
  draft.years = std::max(2, age - static_cast<int32_t>(random.Between(22, 26)));
  draft.person.employed = random.Chance(820);

  Day end = today_;
  size_t occupation = draft.occupation;
  int32_t days_left = draft.years * kDaysPerYear;
  const int64_t jobs = random.Between(1, 4);
  for (int64_t job = 0; job < jobs && days_left > kDaysPerYear / 2; ++job) {
    if (job > 0 || !draft.person.employed) end = end - static_cast<int32_t>(random.Between(5, 200));
    const int32_t length = job + 1 == jobs
                               ? days_left
                               : static_cast<int32_t>(random.Between(kDaysPerYear / 2, days_left));
    Experience experience{.occupation = catalogue_.occupations[occupation].id,
                          .from = end - length};
    if (job > 0 || !draft.person.employed) experience.to = end;
    draft.person.experience.push_back(std::move(experience));
    end = end - length - 1;
    days_left -= length;
    // People mostly move within a sector.
    const auto& near = by_sector_.at(catalogue_.occupations[occupation].sector);
    occupation =
        random.Chance(600) ? near[random.Below(near.size())] : left_occupations_.Draw(random);
  }
}

void PersonMaker::DrawEducation(Random& random, Draft& draft) const {
  const Occupation& job = catalogue_.occupations[draft.occupation];
  // Match&Go is for people with an hbo diploma, whatever job they ended up in; some have mbo.
  constexpr std::array<std::pair<int32_t, int64_t>, 5> kLevels{
      {{7, 90}, {6, 640}, {5, 130}, {4, 110}, {3, 30}}};
  constexpr std::array<std::pair<int32_t, int64_t>, 3> kHboJobLevels{{{7, 150}, {6, 800}, {5, 50}}};
  const int32_t level =
      job.level >= kHbo ? DrawByShare(random, kHboJobLevels) : DrawByShare(random, kLevels);

  const auto own_field = by_field_.find(job.isced_field);
  const bool stays = own_field != by_field_.end() && random.Chance(500);
  auto field = own_field;
  if (!stays)
    field = std::next(by_field_.begin(), static_cast<int64_t>(random.Below(by_field_.size())));
  draft.studied_for = field->second[random.Below(field->second.size())];

  const int32_t year = draft.person.birth_year + static_cast<int32_t>(random.Between(21, 26));
  const char* kind = level >= 7 ? "Master" : level == 6 ? "Bachelor" : level == 5 ? "Ad" : "Mbo";
  draft.person.education.push_back(
      {.nlqf_level = level,
       .isced_field = field->first,
       .title = std::string(kind) + " (" + catalogue_.occupations[draft.studied_for].nl + ")",
       .year = std::min(year, today_.year())});
  if (random.Chance(250)) {
    draft.person.education.push_back({.nlqf_level = std::min(level, 4),
                                      .isced_field = job.isced_field,
                                      .title = "Mbo (" + job.nl + ")",
                                      .year = std::min(year, today_.year()) - 4});
  }
}

void PersonMaker::DrawSkills(Random& random, Draft& draft) const {
  std::map<std::string, SkillClaim> known;
  const auto learn = [&](const std::string& skill, uint64_t permille, int32_t years) {
    if (!random.Chance(permille)) return;
    constexpr std::array<std::pair<SkillSource, int64_t>, 4> kSources{
        {{SkillSource::kStated, 350},
         {SkillSource::kInferred, 450},
         {SkillSource::kAssessed, 130},
         {SkillSource::kCredential, 70}}};
    SkillClaim claim{
        .skill = skill,
        .level = std::clamp(2 + years / 4 + static_cast<int32_t>(random.Below(2)), 1, 5),
        .source = DrawByShare(random, kSources)};
    const std::string number = std::to_string(random.Below(1'000'000));
    if (claim.source == SkillSource::kAssessed) claim.evidence = "evc-" + number;
    if (claim.source == SkillSource::kCredential) claim.evidence = "badge-" + number;
    known.emplace(skill, std::move(claim));  // the newest job says it first
  };
  for (const Experience& experience : draft.person.experience) {
    const Occupation* job = FindOccupation(catalogue_, experience.occupation);
    const int32_t years = (experience.to.value_or(today_) - experience.from) / kDaysPerYear;
    for (const std::string& skill : job->essential) learn(skill, 820, years);
    for (const std::string& skill : job->optional) learn(skill, 350, years);
  }
  // What one learned long ago and never used is half forgotten.
  for (const std::string& skill : catalogue_.occupations[draft.studied_for].essential) {
    learn(skill, 330, 1);
  }
  for (const std::string& skill : general_skills_) learn(skill, 620, draft.years / 2);
  for (auto& [id, claim] : known) draft.person.skills.push_back(std::move(claim));
}

void PersonMaker::DrawMoney(Random& random, Draft& draft) const {
  const Occupation& job = catalogue_.occupations[draft.occupation];
  const int64_t share = std::min<int64_t>(1000, draft.years * 35 + random.Between(0, 300));
  const int64_t salary =
      job.salary_low_cents + (job.salary_high_cents - job.salary_low_cents) * share / 1000;
  draft.person.salary_now_cents = draft.person.employed ? RoundToTenEuro(salary) : 0;
  // Most want to keep what they have; some can live on less for a while.
  const int64_t kept = draft.person.employed ? random.Between(850, 1000) : random.Between(700, 920);
  draft.person.salary_floor_cents = RoundToTenEuro(salary * kept / 1000);
}

void PersonMaker::DrawTime(Random& random, Draft& draft) const {
  constexpr std::array<std::pair<int32_t, int64_t>, 4> kHours{
      {{40, 550}, {36, 270}, {32, 120}, {24, 60}}};
  constexpr std::array<std::pair<int32_t, int64_t>, 4> kLess{
      {{0, 100}, {4, 300}, {8, 400}, {16, 200}}};
  constexpr std::array<std::pair<int32_t, int64_t>, 4> kTravel{
      {{20, 280}, {30, 420}, {45, 220}, {70, 80}}};
  Person& person = draft.person;
  person.hours_max = DrawByShare(random, kHours);
  person.hours_min = std::max(12, person.hours_max - DrawByShare(random, kLess));
  person.study_hours = static_cast<int32_t>(DrawMiddling(random, 4, 18));
  person.available_from = today_ + static_cast<int32_t>(random.Between(0, 60));
  person.notice_days = person.employed ? (random.Chance(750) ? 30 : 60) : 0;
  person.travel_km_max = DrawByShare(random, kTravel);
  person.home = places_.Draw(random);
}

void PersonMaker::DrawWishes(Random& random, Draft& draft) const {
  auto& wishes = draft.person.sector_wishes;
  const auto wish = [&](const std::string& sector) {
    if (std::ranges::count(wishes, sector) == 0) wishes.push_back(sector);
  };
  const std::string& studied = catalogue_.occupations[draft.studied_for].sector;
  const auto sector =
      std::ranges::find(catalogue_.sectors, studied, &programmes::builtin::Sector::code);
  if (sector != catalogue_.sectors.end() && sector->short_of_people && random.Chance(600)) {
    wish(studied);
  }
  const size_t wanted = static_cast<size_t>(random.Between(1, 3));
  while (wishes.size() < wanted) wish(catalogue_.sectors[wanted_sectors_.Draw(random)].code);
}

void PersonMaker::DrawTests(Random& random, Draft& draft) const {
  Person& person = draft.person;
  if (!random.Chance(970)) return;
  const auto take = [&](std::string instrument, std::optional<std::string> sector) {
    const Day taken =
        today_ - static_cast<int32_t>(random.Between(10, random.Chance(960) ? 500 : 1000));
    person.tests.push_back({.instrument = std::move(instrument),
                            .sector = std::move(sector),
                            .norm = 450,
                            .score = static_cast<int32_t>(DrawMiddling(random, 330, 990)),
                            .taken_on = taken,
                            .valid_until = taken + 2 * kDaysPerYear});
  };
  take("capaciteiten-hbo", std::nullopt);
  if (random.Chance(500)) take("beroepsgeschiktheid", person.sector_wishes.front());
}

void PersonMaker::DrawLanguages(Random& random, Draft& draft) const {
  constexpr std::array<std::pair<int32_t, int64_t>, 4> kSecond{
      {{2, 60}, {3, 240}, {4, 400}, {5, 300}}};
  constexpr std::array<std::pair<int32_t, int64_t>, 4> kEnglish{
      {{2, 100}, {3, 300}, {4, 400}, {5, 200}}};
  const bool native = random.Chance(840);
  draft.person.languages.push_back({"nl", native ? 6 : DrawByShare(random, kSecond)});
  draft.person.languages.push_back({"en", DrawByShare(random, kEnglish)});
  if (!native) {
    constexpr std::array<std::pair<const char*, int64_t>, 5> kFirst{
        {{"tr", 25}, {"ar", 30}, {"pl", 20}, {"uk", 15}, {"es", 10}}};
    draft.person.languages.push_back({DrawByShare(random, kFirst), 6});
  }
}

void PersonMaker::DrawConsents(Random& random, Draft& draft) const {
  const Day given = today_ - static_cast<int32_t>(random.Between(1, 120));
  const auto agree = [&](ConsentPurpose purpose, uint64_t permille) {
    if (random.Chance(permille))
      draft.person.consents.push_back({.purpose = purpose, .given_on = given});
  };
  agree(ConsentPurpose::kMatching, 985);
  agree(ConsentPurpose::kIntroduction, 960);
  agree(ConsentPurpose::kFollowing, 900);
  agree(ConsentPurpose::kResearch, 550);
  if (random.Chance(15) && !draft.person.consents.empty()) {
    draft.person.consents.front().withdrawn_on = today_ - 1;
  }
}

Person PersonMaker::Make(int32_t number) const {
  Random random(seed_, "person/" + std::to_string(number));
  Draft draft;
  const PersonName name = DrawPersonName(random);
  Person& person = draft.person;
  person.full_name = name.first + " " + name.family;
  person.email = MailboxOf(name) + "." + std::to_string(number) + "@example.com";
  // 060 is not given out to subscribers.
  person.phone = "+3160" + std::to_string(1'000'000 + random.Below(9'000'000));
  DrawWork(random, draft);
  DrawEducation(random, draft);
  DrawSkills(random, draft);
  DrawMoney(random, draft);
  DrawTime(random, draft);
  DrawWishes(random, draft);
  DrawTests(random, draft);
  DrawLanguages(random, draft);
  DrawConsents(random, draft);
  return person;
}

}  // namespace matchgo::demo
