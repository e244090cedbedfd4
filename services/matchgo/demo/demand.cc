#include "services/matchgo/demo/demand.h"

#include <algorithm>
#include <cctype>

#include "services/matchgo/demo/names.h"

namespace matchgo::demo {
namespace {

using programmes::builtin::Catalogue;
using programmes::builtin::Occupation;
using programmes::builtin::Programme;
using programmes::builtin::Sector;

constexpr int64_t kTenEuro = 1000;

// What an employer can ask on the first day of somebody from another trade.
constexpr auto kDayOneSkills = std::to_array<const char*>(
    {"k-have-computer-literacy", "k-listen-actively", "k-communicate-with-customers",
     "k-create-solutions-to-problems", "k-use-microsoft-office", "k-write-work-related-reports",
     "k-work-in-teams", "k-meet-deadlines"});

std::string Capitalised(std::string text) {
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

void AddOnce(std::vector<std::string>& list, const std::string& value) {
  if (std::ranges::count(list, value) == 0) list.push_back(value);
}

}  // namespace

DemandMaker::DemandMaker(const Catalogue& catalogue, uint64_t seed, Day today)
    : catalogue_(catalogue), seed_(seed), today_(today), places_(catalogue) {
  std::map<std::string, int64_t> demand;
  for (size_t i = 0; i < catalogue.occupations.size(); ++i) {
    const Occupation& occupation = catalogue.occupations[i];
    if (occupation.in_weight == 0) continue;
    SectorJobs& jobs = jobs_[occupation.sector];
    jobs.occupations.push_back(i);
    jobs.draw.Add(occupation.in_weight);
    demand[occupation.sector] += occupation.in_weight;
  }
  for (const Sector& sector : catalogue.sectors) sectors_.Add(demand[sector.code]);
  for (const Programme& programme : catalogue.programmes) {
    for (const std::string& occupation : programme.occupations) {
      AddOnce(taught_[occupation].opleiders, programme.opleider);
      for (const std::string& award : programme.awards) AddOnce(taught_[occupation].awards, award);
    }
  }
}

Employer DemandMaker::MakeEmployer(int32_t number) const {
  Random random(seed_, "employer/" + std::to_string(number));
  const Sector& sector = catalogue_.sectors[sectors_.Draw(random)];
  return {.name = DrawFirmName(random, sector.nl),
          .kvk_number = "99" + std::to_string(100'000 + random.Below(900'000)),
          .sector = sector.code,
          .location = places_.Draw(random)};
}

void DemandMaker::DrawRequirements(Random& random, const Occupation& job, Vacancy& vacancy) const {
  constexpr std::array<std::pair<size_t, int64_t>, 3> kDayOne{{{0, 350}, {1, 500}, {2, 150}}};
  std::vector<std::string> general(kDayOneSkills.begin(), kDayOneSkills.end());
  for (std::string& skill : Sample(random, std::move(general), DrawByShare(random, kDayOne))) {
    vacancy.day_one_skills.push_back(std::move(skill));
  }
  std::vector<std::string> core = job.essential;
  std::erase_if(core, [&](const std::string& skill) {
    return std::ranges::count(vacancy.day_one_skills, skill) > 0;
  });
  const auto learnable = static_cast<size_t>(random.Between(3, 5));
  core = Sample(random, std::move(core), learnable + 2);
  const size_t asked = std::min(learnable, core.size());
  vacancy.learnable_skills.assign(core.begin(), core.begin() + static_cast<int64_t>(asked));
  vacancy.nice_skills.assign(core.begin() + static_cast<int64_t>(asked), core.end());
  for (const std::string& skill : Sample(random, job.optional, random.Below(3))) {
    if (std::ranges::count(vacancy.day_one_skills, skill) == 0)
      vacancy.nice_skills.push_back(skill);
  }
  constexpr std::array<std::pair<int32_t, int64_t>, 3> kDutch{{{3, 500}, {4, 400}, {5, 100}}};
  vacancy.dutch_level = DrawByShare(random, kDutch);
  const auto taught = taught_.find(job.id);
  if (taught == taught_.end()) return;
  if (!taught->second.awards.empty() && random.Chance(700)) {
    vacancy.qualification = taught->second.awards.front();
  }
  if (random.Chance(80)) {
    vacancy.accepted_opleiders =
        Sample(random, taught->second.opleiders, static_cast<size_t>(random.Between(1, 2)));
  }
}

void DemandMaker::DrawTerms(Random& random, const Occupation& job, Vacancy& vacancy) const {
  constexpr std::array<std::pair<int32_t, int64_t>, 5> kOpenings{
      {{1, 680}, {2, 190}, {3, 70}, {4, 40}, {6, 20}}};
  constexpr std::array<std::pair<int32_t, int64_t>, 4> kHours{
      {{40, 200}, {36, 400}, {32, 300}, {24, 100}}};
  constexpr std::array<std::pair<ContractForm, int64_t>, 5> kForms{
      {{ContractForm::kPermanent, 200},
       {ContractForm::kFixedTermWithProspect, 400},
       {ContractForm::kFixedTerm, 100},
       {ContractForm::kLearnWork, 250},
       {ContractForm::kSecondment, 50}}};
  vacancy.openings = DrawByShare(random, kOpenings);
  vacancy.guidance_capacity =
      std::max<int32_t>(1, vacancy.openings + static_cast<int32_t>(random.Between(-1, 2)));
  vacancy.hours_max = DrawByShare(random, kHours);
  vacancy.hours_min = vacancy.hours_max - 4 * static_cast<int32_t>(random.Below(4));
  vacancy.salary_min_cents =
      job.salary_low_cents * random.Between(950, 1050) / 1000 / kTenEuro * kTenEuro;
  vacancy.salary_max_cents =
      job.salary_high_cents * random.Between(940, 1080) / 1000 / kTenEuro * kTenEuro;
  vacancy.start_from = today_ + static_cast<int32_t>(random.Between(0, 60));
  vacancy.ready_by = today_ + static_cast<int32_t>(random.Between(270, 600));
  vacancy.expires_on = today_ + static_cast<int32_t>(random.Between(90, 300));
  vacancy.contract_form = DrawByShare(random, kForms);
}

Vacancy DemandMaker::MakeVacancy(int32_t number, const Employer& employer, size_t index) const {
  Random random(seed_, "vacancy/" + std::to_string(number));
  const SectorJobs& jobs = jobs_.at(employer.sector);
  const Occupation& job = catalogue_.occupations[jobs.occupations[jobs.draw.Draw(random)]];
  Vacancy vacancy{.employer = index,
                  .title = Capitalised(job.nl) + " in opleiding",
                  .occupation = job.id,
                  .sector = job.sector};
  // Most people work at the office of their employer, some at a branch elsewhere.
  vacancy.location = random.Chance(800) ? employer.location : places_.Draw(random);
  vacancy.external_reference = "VAC-" + std::to_string(100'000 + number);
  DrawRequirements(random, job, vacancy);
  DrawTerms(random, job, vacancy);
  return vacancy;
}

}  // namespace matchgo::demo
